# Faults of a stack as a whole: sums, counts, uniqueness, what is declared and not used, what Terraform says itself.
variable "environment" {
  type    = string
  default = "prod"
}

variable "forgotten" {
  type    = string
  default = "nobody reads this"
}

variable "db_password" {
  type    = string
  default = "not-a-secret-in-this-test"
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "worker" {
  count = 3

  function_name                  = "worker-${count.index}-${var.environment}"
  role                           = "arn:aws:iam::123456789012:role/worker"
  package_type                   = "Image"
  image_uri                      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/worker:1"
  reserved_concurrent_executions = 350
}

resource "aws_eip" "gateway" {
  count  = 6
  domain = "vpc"
}

resource "aws_s3_bucket" "data" {
  for_each = toset(["dev", "prod"])

  bucket = "acme-data-${each.key}"
}

resource "aws_wafv2_web_acl" "cdn" {
  name  = "cdn"
  scope = "CLOUDFRONT"
  default_action {
    allow {}
  }
  rule {
    name     = "one"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit = 1000
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "one"
      sampled_requests_enabled   = false
    }
  }
  rule {
    name     = "two"
    priority = 1
    action {
      count {}
    }
    statement {
      geo_match_statement {
        country_codes = ["AQ"]
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "two"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "cdn"
    sampled_requests_enabled   = false
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.us-east-1.s3"
}

resource "aws_iam_policy" "boundary" {
  name = "boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-data-prod" }]
  })
}

resource "aws_guardduty_detector" "account" {
  enable = true
}

output "connection" {
  value = "postgres://app:${var.db_password}@db.example.com"
}

check "concurrency" {
  assert {
    condition     = sum(aws_lambda_function.worker[*].reserved_concurrent_executions) <= 900
    error_message = "The functions reserve more than the account has."
  }
}
