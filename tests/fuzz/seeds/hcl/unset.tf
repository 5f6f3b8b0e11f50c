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

variable "recovery" {
  type    = bool
  default = true
}

variable "key_arn" {
  type    = string
  default = null
}

variable "unused_tags" {
  type    = map(string)
  default = null
}

resource "terraform_data" "choice" {
  input = var.recovery
}

resource "aws_kms_key" "store" {
  description         = "unset"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "block_absent" {
  name         = "unset-block-absent"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "known_by_variable" {
  name         = "unset-known-by-variable"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = var.recovery
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key_arn
  }
}

resource "aws_dynamodb_table" "off_by_literal" {
  name         = "unset-off-by-literal"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }
}

resource "aws_dynamodb_table" "unknown_until_apply" {
  name         = "unset-unknown-until-apply"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = terraform_data.choice.output
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.store.arn
  }
}

resource "aws_dynamodb_table" "dynamic_known" {
  name         = "unset-dynamic-known"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "point_in_time_recovery" {
    for_each = [var.recovery]

    content {
      enabled = point_in_time_recovery.value
    }
  }
}

resource "aws_dynamodb_table" "dynamic_empty" {
  name         = "unset-dynamic-empty"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "point_in_time_recovery" {
    for_each = toset([])

    content {
      enabled = true
    }
  }
}

resource "aws_dynamodb_table" "dynamic_unknown" {
  name         = "unset-dynamic-unknown"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "point_in_time_recovery" {
    for_each = terraform_data.choice.output ? [true] : []

    content {
      enabled = true
    }
  }
}

resource "aws_ebs_volume" "key_null_by_variable" {
  availability_zone = "us-east-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.key_arn
}

resource "aws_ebs_volume" "key_absent" {
  availability_zone = "us-east-1a"
  size              = 8
  encrypted         = true
}

resource "aws_ebs_volume" "key_from_resource" {
  availability_zone = "us-east-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.store.arn
}

resource "aws_cloudwatch_log_group" "null_everywhere" {
  name              = "/unset/null"
  retention_in_days = null
  kms_key_id        = var.key_arn
  tags              = var.unused_tags
}

resource "aws_cloudwatch_log_group" "empty_string" {
  name       = "/unset/empty"
  kms_key_id = ""
  tags       = {}
}
