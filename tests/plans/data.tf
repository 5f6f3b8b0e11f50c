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

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_iam_policy_document" "read_in_plan" {
  statement {
    sid       = "Everywhere"
    actions   = ["s3:ListAllMyBuckets"]
    resources = ["*"]
  }

  statement {
    sid       = "Account"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::data-${data.aws_caller_identity.current.account_id}/*"]
  }
}

data "aws_iam_policy_document" "read_in_apply" {
  statement {
    sid       = "Queue"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.work.arn, "arn:aws:sqs:*:*:other"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = toset(["sqs:SendMessage"])

    content {
      sid       = "Dynamic"
      actions   = [statement.value]
      resources = [aws_sqs_queue.work.arn]

      principals {
        type        = "AWS"
        identifiers = [data.aws_caller_identity.current.account_id]
      }
    }
  }
}

data "aws_sqs_queue" "deferred_by_depends_on" {
  name       = "data-other"
  depends_on = [aws_sqs_queue.work]
}

data "aws_availability_zones" "each" {
  for_each = toset(["available", "unavailable"])
  state    = each.key
}

resource "aws_sqs_queue" "work" {
  name = "data-work-${data.aws_region.current.name}"
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy    = data.aws_iam_policy_document.read_in_apply.json
}

resource "aws_iam_policy" "known" {
  name   = "data-known"
  policy = data.aws_iam_policy_document.read_in_plan.json
}

resource "aws_iam_policy" "unknown_text" {
  name = "data-unknown-text"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = aws_sqs_queue.work.arn
    }]
  })
}

resource "aws_cloudwatch_log_group" "after_data" {
  name              = "/data/after"
  retention_in_days = data.aws_sqs_queue.deferred_by_depends_on.name == "data-other" ? 30 : 90
}

output "zones" {
  value = data.aws_availability_zones.each["available"].names
}
