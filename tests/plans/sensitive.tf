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

variable "token" {
  type      = string
  sensitive = true
  default   = "s3cr3t-token-0001"
}

variable "login" {
  type = object({
    user     = string
    password = string
  })
  sensitive = true
  default = {
    user     = "reader"
    password = "s3cr3t-password-0002"
  }
}

variable "plain" {
  type    = string
  default = "not-a-secret"
}

resource "aws_sqs_queue" "whole_name" {
  name = sensitive("s3cr3t-queue-0003")
}

resource "aws_sns_topic" "part_of_name" {
  name = "topic-${var.token}"

  tags = {
    Open   = var.plain
    Closed = sensitive("s3cr3t-tag-0004")
  }
}

resource "aws_cloudwatch_log_group" "whole_tags" {
  name = "/sensitive/${var.plain}"
  tags = sensitive({ Closed = "s3cr3t-tags-0005" })
}

resource "aws_ssm_parameter" "by_schema" {
  name  = "/sensitive/by-schema"
  type  = "SecureString"
  value = "s3cr3t-literal-0006"
}

resource "aws_ssm_parameter" "write_only" {
  name             = "/sensitive/write-only"
  type             = "SecureString"
  value_wo         = var.login.password
  value_wo_version = 1
}

resource "aws_lambda_function" "environment" {
  function_name = "sensitive-environment"
  role          = "arn:aws:iam::284619357041:role/sensitive-environment"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "sensitive-packages"
  s3_key        = "app.zip"

  environment {
    variables = {
      MODE     = var.plain
      PASSWORD = var.login.password
    }
  }
}

resource "aws_security_group" "set_with_secret" {
  name        = "sensitive-set"
  description = "One rule of a set is sensitive"
  vpc_id      = "vpc-0d4c81b7fa2e96350"

  ingress {
    description = "Open to ${var.plain}"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }

  ingress {
    description = var.token
    from_port   = 8443
    to_port     = 8443
    protocol    = "tcp"
    cidr_blocks = ["10.1.0.0/16"]
  }
}

resource "terraform_data" "structure" {
  input = {
    plain = var.plain
    login = var.login
    list  = [var.plain, var.token]
  }
}

output "token" {
  value     = var.token
  sensitive = true
}

output "queue_arn" {
  value     = aws_sqs_queue.whole_name.arn
  sensitive = true
}

output "unveiled" {
  value = nonsensitive(var.login.user)
}
