resource "aws_sns_topic" "alarms" {
  name = "waybill-alarms"
}

resource "aws_cloudwatch_metric_alarm" "intake_errors" {
  alarm_name          = "waybill-intake-errors-${var.environment_suffix}"
  alarm_description   = "intake has failed"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags

  dimensions = {
    FunctionName = aws_lambda_function.intake.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "lookup_errors" {
  alarm_name          = "waybill-lookup-errors-${var.environment_suffix}"
  alarm_description   = "lookup has failed"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags                = local.tags

  dimensions = {
    FunctionName = aws_lambda_function.lookup.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "lookup_throttles" {
  alarm_name          = "waybill-lookup-throttles-${var.environment_suffix}"
  alarm_description   = "lookup runs into its concurrency limit"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags

  dimensions = {
    Function = aws_lambda_function.lookup.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "events_throttles" {
  alarm_name          = "waybill-events-throttles-${var.environment_suffix}"
  alarm_description   = "The events table turns writers away"
  namespace           = "AWS/DynamoDB"
  metric_name         = "WriteThrottleEvents"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags

  dimensions = {
    TableNames = aws_dynamodb_table.events.name
  }
}
