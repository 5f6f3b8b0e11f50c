data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id

  tags = {
    Environment = var.environment
    Project     = "waybill"
    Owner       = "parcel-platform"
    ManagedBy   = "terraform"
  }
}

resource "aws_kms_key" "main" {
  description = "Data, logs and queues of waybill-${var.environment_suffix}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountAdministersKey"
        Effect    = "Allow"
        Action    = "kms:*"
        Resource  = "*"
        Principal = { AWS = "arn:aws:iam::${local.account_id}:root" }
      }
    ]
  })

  tags = local.tags
}

resource "aws_dynamodb_table" "events" {
  name         = "waybill-events-${var.environment_suffix}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "parcel_code"
  range_key    = "event_time"

  attribute {
    name = "parcel_code"
    type = "S"
  }

  attribute {
    name = "event_time"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.main.arn
  }

  tags = local.tags
}

resource "aws_dynamodb_table" "depots" {
  name                        = "waybill-depots-${var.environment_suffix}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "depot_id"
  deletion_protection_enabled = true

  attribute {
    name = "depot_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = false
    kms_key_arn = aws_kms_key.main.arn
  }

  tags = local.tags
}

resource "aws_dynamodb_table" "routes" {
  name                        = "waybill-routes-${var.environment_suffix}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "PK"
  range_key                   = "sk"
  deletion_protection_enabled = true

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.main.arn
  }

  tags = local.tags
}

resource "aws_s3_bucket" "exports" {
  bucket = "Waybill-Exports-${local.account_id}-${var.environment_suffix}"
}

resource "aws_s3_bucket" "reports" {
  bucket = "waybill..reports-${local.account_id}-${var.environment_suffix}"
  tags   = local.tags
}

resource "aws_s3_bucket" "archive" {
  bucket = "xn--waybill-archive-${local.account_id}-${var.environment_suffix}"
  tags   = local.tags
}
