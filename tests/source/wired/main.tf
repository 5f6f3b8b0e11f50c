provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

variable "region" {
  default = "eu-north-1"
}

variable "environment" {}

variable "names" {
  default = ["a", "b"]
}

variable "password" {
  sensitive = true
}

resource "aws_kms_key" "main" {
  for_each            = toset(var.names)
  enable_key_rotation = true
  policy              = jsonencode({ Statement = [{ Resource = aws_sqs_queue.other[0].arn }] })
  depends_on          = [aws_sqs_queue.other, module.queue]
}

resource "aws_sqs_queue" "other" {
  provider = aws.west
  count    = length(var.names)
  name     = "other-${var.environment}-${count.index}"
  tags     = { Team = "x", "a.b" = 1, }

  redrive_policy {
    target = data.aws_region.here.name

    provider {
      source = var.region
    }
  }

  version = 2

  dynamic "made" {
    for_each = []
    content {
      x = 1
    }
  }

  lifecycle {
    ignore_changes = [tags]
  }
}

module "queue" {
  source = "./queue"
  name   = "queue-${var.environment}"

  providers = {
    aws = aws.west
  }
}

locals {
  prefix = "app-${var.environment}"
  tags   = { Environment = var.environment, Region = var.region }
}

resource "aws_sns_topic" "alerts" {
  name = "${local.prefix}-alerts"
  tags = merge(local.tags, { Name = "alerts" })
}

resource "aws_sns_topic" "other" {
  tags = merge({ Environment = var.environment }, data.aws_region.here.tags, { Region = var.region })
}
