# Links through modules: what is missing beside a resource, and what does not wait for what it needs.
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

module "bucket" {
  source   = "./bucket"
  for_each = toset(["exports", "uploads"])

  name = "acme-${each.key}"
}

# Only one of the two buckets of the module gets versioning.
resource "aws_s3_bucket_versioning" "exports" {
  bucket = module.bucket["exports"].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "all" {
  for_each = module.bucket

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

module "intake" {
  source = "./function"
  name   = "intake"
}

module "report" {
  source = "./function"
  name   = "report"
}

resource "aws_sns_topic" "alarms" {
  name = "alarms"
}

resource "aws_cloudwatch_metric_alarm" "intake" {
  alarm_name          = "intake-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = module.intake.name }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "west" {
  provider = aws.west

  alarm_name          = "west-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "west" }
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = module.bucket["uploads"].id
  lambda_function {
    lambda_function_arn = module.intake.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_lambda_permission" "uploads" {
  action        = "lambda:InvokeFunction"
  function_name = module.intake.name
  principal     = "s3.amazonaws.com"
  source_arn    = module.bucket["uploads"].arn
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "report" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = module.report.arn
}
