terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" {
  description = "First part of names in this tier"
  type        = string
}

variable "vpc_id" {
  description = "VPC of the tier"
  type        = string
}

variable "subnets" {
  description = "Address range of the subnet in each zone"
  type        = map(string)
}

variable "internet_gateway_id" {
  description = "Gateway of a public tier, null for any other"
  type        = string
  default     = null
}

variable "environment_suffix" {
  description = "Ends every physical name"
  type        = string
}

resource "aws_subnet" "this" {
  for_each          = var.subnets
  vpc_id            = var.vpc_id
  availability_zone = each.key
  cidr_block        = each.value

  tags = {
    Name = "${var.name}-${each.key}-${var.environment_suffix}"
  }
}

resource "aws_route_table" "this" {
  for_each = var.subnets
  vpc_id   = var.vpc_id

  dynamic "route" {
    for_each = var.internet_gateway_id[*]

    content {
      cidr_block = "0.0.0.0/0"
      gateway_id = route.value
    }
  }

  tags = {
    Name = "${var.name}-${each.key}-${var.environment_suffix}"
  }
}

resource "aws_route_table_association" "this" {
  for_each       = var.subnets
  subnet_id      = aws_subnet.this[each.key].id
  route_table_id = aws_route_table.this[each.key].id
}

output "subnet_ids" {
  description = "Subnet of each zone"
  value       = { for zone, subnet in aws_subnet.this : zone => subnet.id }
}

output "subnet_cidrs" {
  description = "Address ranges, in order of zone"
  value       = values(var.subnets)
}

output "route_table_ids" {
  description = "Route table of each zone"
  value       = { for zone, table in aws_route_table.this : zone => table.id }
}
