# Networks with faults: where subnets lead to, what is in which zone and VPC, which ranges overlap, which ports are open.
provider "aws" {
  region = "us-east-1"
}

resource "aws_vpc" "shop" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_vpc" "lab" {
  cidr_block = "10.60.128.0/17"
}

resource "aws_vpc_peering_connection" "lab" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.lab.id
  auto_accept = true
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_subnet" "public" {
  for_each = { a = "10.60.0.0/24", b = "10.60.1.0/24" }

  vpc_id                  = aws_vpc.shop.id
  cidr_block              = each.value
  availability_zone       = "us-east-1${each.key}"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet("10.60.0.0/16", 8, count.index + 10)
  availability_zone = "us-east-1a"
}

resource "aws_subnet" "lone" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.60.10.128/25"
  availability_zone = "us-east-1b"
}

resource "aws_subnet" "lab" {
  vpc_id            = aws_vpc.lab.id
  cidr_block        = "10.61.0.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.shop.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  count  = 2
  domain = "vpc"
}

resource "aws_nat_gateway" "one" {
  allocation_id = aws_eip.nat[0].id
  subnet_id     = aws_subnet.public["a"].id
  depends_on    = [aws_internet_gateway.shop]
}

resource "aws_nat_gateway" "two" {
  allocation_id = aws_eip.nat[0].id
  subnet_id     = aws_subnet.private[0].id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route" "private" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.one.id
}

resource "aws_route_table_association" "private" {
  count = 2

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "front" {
  name   = "front"
  vpc_id = aws_vpc.shop.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "stray" {
  name = "stray"
}

resource "aws_lb" "front" {
  name            = "front"
  security_groups = [aws_security_group.front.id]
  subnets         = [aws_subnet.private[0].id, aws_subnet.lone.id]
}

resource "aws_lb_target_group" "front" {
  name     = "front"
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.shop.id
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.front.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front.arn
  }
}

resource "aws_acm_certificate" "front" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

resource "aws_db_subnet_group" "mixed" {
  name       = "mixed"
  subnet_ids = [aws_subnet.public["a"].id, aws_subnet.lab.id]
}

resource "aws_db_subnet_group" "narrow" {
  name       = "narrow"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_instance" "stray" {
  ami                    = "ami-0c02fb55956c7d316"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.private[0].id
  vpc_security_group_ids = [aws_security_group.stray.id]
}
