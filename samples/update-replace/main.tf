terraform {
  required_version = "~> 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-north-1"

  default_tags {
    tags = {
      Environment = var.environment
      Project     = "gauge"
      Owner       = "river-survey"
      ManagedBy   = "terraform"
    }
  }
}

variable "environment" {
  description = "Stage of the deployment"
  type        = string
  default     = "production"
}

variable "environment_suffix" {
  description = "Ends every physical name, so that several deployments fit in one account"
  type        = string
  default     = "main4"
}

data "aws_caller_identity" "current" {}

resource "aws_dynamodb_table" "readings" {
  name         = "gauge-readings-${var.environment_suffix}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "station_id"
  range_key    = "taken_at"

  attribute {
    name = "station_id"
    type = "S"
  }

  attribute {
    name = "taken_at"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_s3_bucket" "exports" {
  bucket = "gauge-exports-${data.aws_caller_identity.current.account_id}-${var.environment_suffix}"
}

resource "aws_s3_bucket_versioning" "exports" {
  bucket = aws_s3_bucket.exports.id

  versioning_configuration {
    status = "Enabled"
  }
}

removed {
  from = aws_s3_bucket.paper_scans

  lifecycle {
    destroy = false
  }
}

resource "aws_sns_topic" "alarms" {
  name = "gauge-alarms-${var.environment_suffix}"
}

resource "aws_sqs_queue" "work" {
  for_each                   = { ingest = 60, publish = 180 }
  name                       = "gauge-${each.key}-${var.environment_suffix}"
  visibility_timeout_seconds = each.value
  sqs_managed_sse_enabled    = true
}

moved {
  from = aws_sqs_queue.ingest
  to   = aws_sqs_queue.work["ingest"]
}

moved {
  from = aws_sqs_queue.publish
  to   = aws_sqs_queue.work["publish"]
}

resource "aws_iam_role" "station" {
  name = "gauge-station-${var.environment_suffix}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

data "aws_iam_policy_document" "station" {
  statement {
    sid       = "Readings"
    actions   = ["dynamodb:PutItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.readings.arn]
  }

  statement {
    sid       = "Queue"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.work["ingest"].arn]
  }
}

data "aws_security_group" "gateway" {
  id = aws_security_group.gateway.id
}

resource "aws_iam_role_policy" "station" {
  name   = "gauge-station-${var.environment_suffix}"
  role   = aws_iam_role.station.id
  policy = data.aws_iam_policy_document.station.json
}

resource "aws_vpc" "field" {
  cidr_block = "10.72.0.0/20"

  tags = {
    Name = "gauge-field-${var.environment_suffix}"
  }
}

resource "aws_security_group" "gateway" {
  name        = "gauge-field-gateway-${var.environment_suffix}"
  description = "Field gateways and their relays"
  vpc_id      = aws_vpc.field.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "worker" {
  count             = 2
  name              = "/gauge/worker-${count.index}-${var.environment_suffix}"
  retention_in_days = 90
}

import {
  to = aws_cloudwatch_log_group.edge
  id = "/gauge/edge-${var.environment_suffix}"
}

resource "aws_cloudwatch_log_group" "edge" {
  name              = "/gauge/edge-${var.environment_suffix}"
  retention_in_days = 90
}

resource "aws_cloudwatch_metric_alarm" "ingest_age" {
  alarm_name          = "gauge-ingest-age-${var.environment_suffix}"
  alarm_description   = "Readings wait too long"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 900
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    QueueName = aws_sqs_queue.work["ingest"].name
  }
}

resource "aws_ssm_parameter" "threshold" {
  for_each = { spring = "4.35" }
  name     = "/gauge/${var.environment_suffix}/threshold/${each.key}"
  type     = "String"
  value    = each.value
}

resource "terraform_data" "release" {
  input = "2025.5.0"
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "gauge-hourly-${var.environment_suffix}"
  schedule_expression = "rate(1 hour)"

  lifecycle {
    replace_triggered_by = [terraform_data.release]
  }
}

output "readings_table" {
  description = "Table of readings"
  value       = aws_dynamodb_table.readings.name
}

output "gateway_security_group_arn" {
  description = "Security group of the field gateways"
  value       = data.aws_security_group.gateway.arn
}
