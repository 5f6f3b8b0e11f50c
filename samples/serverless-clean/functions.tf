locals {
  functions = {
    intake = { timeout = 10, actions = ["dynamodb:PutItem", "dynamodb:UpdateItem"] }
    lookup = { timeout = 5, actions = ["dynamodb:GetItem", "dynamodb:Query"] }
  }
}

resource "aws_s3_object" "package" {
  for_each    = local.functions
  bucket      = aws_s3_bucket.artifacts.id
  key         = "functions/${each.key}.zip"
  source      = "${path.module}/packages/${each.key}.zip"
  source_hash = filesha256("${path.module}/packages/${each.key}.zip")

  depends_on = [
    aws_s3_bucket_versioning.artifacts,
    aws_s3_bucket_server_side_encryption_configuration.artifacts,
  ]
}

resource "aws_sqs_queue" "dead_letter" {
  for_each                          = local.functions
  name                              = "${var.project}-${each.key}-failed-${var.environment_suffix}"
  message_retention_seconds         = 1209600
  kms_master_key_id                 = aws_kms_key.main.arn
  kms_data_key_reuse_period_seconds = 300
}

data "aws_iam_policy_document" "lambda_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each           = local.functions
  name               = "${var.project}-${each.key}-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
}

data "aws_iam_policy_document" "function" {
  for_each = local.functions

  statement {
    sid       = "Table"
    actions   = each.value.actions
    resources = [aws_dynamodb_table.events.arn, "${aws_dynamodb_table.events.arn}/index/*"]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letter[each.key].arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.main.arn]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function[each.key].arn}:*"]
  }

  statement {
    sid       = "Traces"
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions
  name     = "${var.project}-${each.key}-${var.environment_suffix}"
  role     = aws_iam_role.function[each.key].id
  policy   = data.aws_iam_policy_document.function[each.key].json
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = local.functions
  name              = "/aws/lambda/${var.project}-${each.key}-${var.environment_suffix}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_lambda_function" "api" {
  for_each                       = local.functions
  function_name                  = "${var.project}-${each.key}-${var.environment_suffix}"
  description                    = "Parcel ${each.key}"
  role                           = aws_iam_role.function[each.key].arn
  runtime                        = "python3.13"
  architectures                  = ["arm64"]
  handler                        = "${each.key}.handler"
  timeout                        = each.value.timeout
  memory_size                    = 256
  reserved_concurrent_executions = 40
  kms_key_arn                    = aws_kms_key.main.arn

  s3_bucket        = aws_s3_object.package[each.key].bucket
  s3_key           = aws_s3_object.package[each.key].key
  source_code_hash = filebase64sha256("${path.module}/packages/${each.key}.zip")

  environment {
    variables = {
      TABLE_NAME = aws_dynamodb_table.events.name
      STAGE      = var.environment
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.dead_letter[each.key].arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_iam_role_policy.function, aws_cloudwatch_log_group.function]
}
