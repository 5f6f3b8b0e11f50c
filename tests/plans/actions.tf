terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}
variable "ceiling" {
  type    = number
  default = 30

  validation {
    condition     = var.ceiling > 0
    error_message = "ceiling is positive."
  }
}

resource "aws_cloudwatch_log_group" "tainted" {
  name              = "/actions/tainted"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "asked_for" {
  name              = "/actions/asked-for"
  retention_in_days = 30

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "deposed" {
  name              = "/actions/deposed"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "same" {
  name              = "/actions/same"
  retention_in_days = 30

  lifecycle {
    postcondition {
      condition     = self.retention_in_days <= var.ceiling
      error_message = "Logs are kept too long."
    }
  }
}

resource "aws_cloudwatch_log_group" "fresh" {
  for_each          = toset(["a", "b"])
  name              = "/actions/fresh-${each.key}"
  retention_in_days = 30
}

check "short" {
  assert {
    condition     = aws_cloudwatch_log_group.same.retention_in_days < 30
    error_message = "Thirty days is long for /actions/same."
  }

  assert {
    condition     = aws_cloudwatch_log_group.fresh["a"].arn != ""
    error_message = "The new group has no ARN."
  }
}
