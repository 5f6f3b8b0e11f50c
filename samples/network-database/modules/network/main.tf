terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

locals {
  prefix = "ledger-${var.name}"

  tiers = {
    public = { index = 0, egress = "internet" }
    app    = { index = 1, egress = "nat" }
    data   = { index = 2, egress = "none" }
  }
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = {
    Name = "${local.prefix}-vpc-${var.environment_suffix}"
  }
}

resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = {
    Name = "${local.prefix}-unused-${var.environment_suffix}"
  }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = {
    Name = "${local.prefix}-igw-${var.environment_suffix}"
  }
}

module "tier" {
  source   = "./modules/tier"
  for_each = local.tiers

  name                = "${local.prefix}-${each.key}"
  vpc_id              = aws_vpc.this.id
  internet_gateway_id = each.value.egress == "internet" ? aws_internet_gateway.this.id : null
  environment_suffix  = var.environment_suffix

  subnets = {
    for position, zone in var.zones : zone => cidrsubnet(var.cidr, 4, each.value.index * 4 + position)
  }
}

resource "aws_eip" "nat" {
  count  = length(var.zones)
  domain = "vpc"

  tags = {
    Name = "${local.prefix}-nat-${count.index}-${var.environment_suffix}"
  }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  count         = length(var.zones)
  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = module.tier["public"].subnet_ids[var.zones[count.index]]

  tags = {
    Name = "${local.prefix}-nat-${count.index}-${var.environment_suffix}"
  }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_route" "nat" {
  count                  = length(var.zones)
  route_table_id         = module.tier["app"].route_table_ids[var.zones[count.index]]
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[count.index].id
}

data "aws_region" "current" {}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.name}.s3"
  vpc_endpoint_type = "Gateway"

  route_table_ids = concat(
    values(module.tier["app"].route_table_ids),
    values(module.tier["data"].route_table_ids),
  )

  tags = {
    Name = "${local.prefix}-s3-${var.environment_suffix}"
  }
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "/ledger/flow/${var.name}-${var.environment_suffix}"
  retention_in_days = 365
}

data "aws_iam_policy_document" "flow_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "flow" {
  statement {
    actions = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:DescribeLogStreams",
    ]
    resources = ["${aws_cloudwatch_log_group.flow.arn}:*"]
  }

  statement {
    actions   = ["logs:DescribeLogGroups"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "flow" {
  name               = "${local.prefix}-flow-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.flow_trust.json
}

resource "aws_iam_role_policy" "flow" {
  name   = "${local.prefix}-flow-${var.environment_suffix}"
  role   = aws_iam_role.flow.id
  policy = data.aws_iam_policy_document.flow.json
}

resource "aws_flow_log" "this" {
  vpc_id          = aws_vpc.this.id
  traffic_type    = "ALL"
  iam_role_arn    = aws_iam_role.flow.arn
  log_destination = aws_cloudwatch_log_group.flow.arn

  tags = {
    Name = "${local.prefix}-flow-${var.environment_suffix}"
  }

  depends_on = [aws_iam_role_policy.flow]
}
