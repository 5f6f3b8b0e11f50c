data "aws_iam_policy_document" "lambda_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "intake" {
  name               = "waybill-function-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = local.tags
}

resource "aws_iam_role" "lookup" {
  name               = "waybill-function-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = local.tags
}

resource "aws_iam_role" "report" {
  name               = "waybill-parcel-report-scheduler-invocation-and-archive-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = local.tags
}

resource "aws_iam_policy" "operator" {
  name        = "waybill-operator-${var.environment_suffix}"
  description = "What the intake function may do"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Everything"
        Effect   = "Allow"
        Action   = "*"
        Resource = "*"
      }
    ]
  })

  tags = local.tags
}

resource "aws_iam_role_policy_attachment" "intake" {
  role       = aws_iam_role.intake.name
  policy_arn = aws_iam_policy.operator.arn
}

data "aws_iam_policy_document" "lookup" {
  statement {
    sid       = "Table"
    actions   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
    resources = [aws_dynamodb_table.events.arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.main.arn]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.lookup.arn}:*"]
  }

  statement {
    sid       = "Traces"
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "lookup" {
  name   = "waybill-lookup-${var.environment_suffix}"
  role   = aws_iam_role.lookup.id
  policy = data.aws_iam_policy_document.lookup.json
}

resource "aws_iam_role_policy_attachment" "report" {
  role       = aws_iam_role.report.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_sqs_queue" "lookup_failed" {
  name                      = "waybill-lookup-failed"
  message_retention_seconds = 1209600
  kms_master_key_id         = aws_kms_key.main.arn
  tags                      = local.tags
}

resource "aws_cloudwatch_log_group" "intake" {
  name = "/aws/lambda/waybill-intake-${var.environment_suffix}"
  tags = local.tags
}

resource "aws_cloudwatch_log_group" "lookup" {
  name              = "/aws/lambda/waybill-lookup-${var.environment_suffix}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.main.arn
  tags              = local.tags
}

resource "aws_lambda_function" "intake" {
  function_name                  = "waybill-intake-${var.environment_suffix}"
  role                           = aws_iam_role.intake.arn
  runtime                        = "python3.13"
  handler                        = "intake.handler"
  timeout                        = 10
  memory_size                    = 256
  reserved_concurrent_executions = 950
  s3_bucket                      = var.package_bucket
  s3_key                         = "functions/intake-${var.release}.zip"

  environment {
    variables = {
      TABLE_NAME = "waybill-events-${var.environment_suffix}"
      AWS_REGION = var.aws_region
    }
  }

  tracing_config {
    mode = "PassThrough"
  }

  tags = local.tags

  depends_on = [aws_iam_role_policy_attachment.intake, aws_cloudwatch_log_group.intake]
}

resource "aws_lambda_function" "lookup" {
  function_name = "waybill-lookup-${var.environment_suffix}"
  role          = aws_iam_role.lookup.arn
  runtime       = "nodejs14.x"
  handler       = "lookup.handler"
  timeout       = 5
  memory_size   = 256
  kms_key_arn   = aws_kms_key.main.arn
  s3_bucket     = var.package_bucket
  s3_key        = "functions/lookup-${var.release}.zip"

  environment {
    variables = {
      TABLE_NAME = aws_dynamodb_table.events.name
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.lookup_failed.arn
  }

  tracing_config {
    mode = "Active"
  }

  tags = local.tags

  depends_on = [aws_iam_role_policy.lookup, aws_cloudwatch_log_group.lookup]
}

resource "aws_lambda_function" "report" {
  function_name = "waybill-report"
  role          = aws_iam_role.report.arn
  runtime       = "python3.7"
  handler       = "report.handler"
  timeout       = 300
  memory_size   = 512
  s3_bucket     = var.package_bucket
  s3_key        = "functions/report-${var.release}.zip"

  depends_on = [aws_iam_role_policy_attachment.report]
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "prod-waybill-nightly-${var.environment_suffix}"
  description         = "Makes the report of the day"
  schedule_expression = "cron(30 1 * * ? *)"
  tags                = local.tags
}

resource "aws_cloudwatch_event_target" "report" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn
}
