resource "aws_api_gateway_rest_api" "parcels" {
  name        = "${var.project}-parcels-${var.environment_suffix}"
  description = "Parcel events, in and out"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_request_validator" "strict" {
  name                        = "${var.project}-strict-${var.environment_suffix}"
  rest_api_id                 = aws_api_gateway_rest_api.parcels.id
  validate_request_body       = true
  validate_request_parameters = true
}

resource "aws_api_gateway_model" "event" {
  rest_api_id  = aws_api_gateway_rest_api.parcels.id
  name         = "ParcelEvent${var.environment_suffix}"
  content_type = "application/json"

  schema = jsonencode({
    "$schema" = "http://json-schema.org/draft-04/schema#"
    type      = "object"
    required  = ["parcel_code", "event_time", "depot_id"]
    properties = {
      parcel_code = { type = "string", minLength = 10, maxLength = 24 }
      event_time  = { type = "string" }
      depot_id    = { type = "string" }
    }
  })
}

resource "aws_api_gateway_resource" "parcels" {
  rest_api_id = aws_api_gateway_rest_api.parcels.id
  parent_id   = aws_api_gateway_rest_api.parcels.root_resource_id
  path_part   = "parcels"
}

resource "aws_api_gateway_resource" "parcel" {
  rest_api_id = aws_api_gateway_rest_api.parcels.id
  parent_id   = aws_api_gateway_resource.parcels.id
  path_part   = "{code}"
}

resource "aws_api_gateway_method" "post_event" {
  rest_api_id          = aws_api_gateway_rest_api.parcels.id
  resource_id          = aws_api_gateway_resource.parcels.id
  http_method          = "POST"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.strict.id

  request_models = {
    "application/json" = aws_api_gateway_model.event.name
  }
}

resource "aws_api_gateway_integration" "post_event" {
  rest_api_id             = aws_api_gateway_rest_api.parcels.id
  resource_id             = aws_api_gateway_resource.parcels.id
  http_method             = aws_api_gateway_method.post_event.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.api["intake"].invoke_arn
}

resource "aws_api_gateway_method" "get_parcel" {
  rest_api_id          = aws_api_gateway_rest_api.parcels.id
  resource_id          = aws_api_gateway_resource.parcel.id
  http_method          = "GET"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.strict.id

  request_parameters = {
    "method.request.path.code" = true
  }
}

resource "aws_api_gateway_integration" "get_parcel" {
  rest_api_id             = aws_api_gateway_rest_api.parcels.id
  resource_id             = aws_api_gateway_resource.parcel.id
  http_method             = aws_api_gateway_method.get_parcel.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.api["lookup"].invoke_arn
}

resource "aws_lambda_permission" "api" {
  for_each      = local.functions
  statement_id  = "InvokeFromApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api[each.key].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.parcels.execution_arn}/*/*"
}

resource "aws_api_gateway_deployment" "parcels" {
  rest_api_id = aws_api_gateway_rest_api.parcels.id

  triggers = {
    content = sha1(jsonencode([
      aws_api_gateway_resource.parcels,
      aws_api_gateway_resource.parcel,
      aws_api_gateway_model.event.schema,
      aws_api_gateway_method.post_event,
      aws_api_gateway_method.get_parcel,
      aws_api_gateway_integration.post_event,
      aws_api_gateway_integration.get_parcel,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "apigateway_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "api_logs" {
  name               = "${var.project}-api-logs-${var.environment_suffix}"
  assume_role_policy = data.aws_iam_policy_document.apigateway_trust.json
}

resource "aws_iam_role_policy_attachment" "api_logs" {
  role       = aws_iam_role.api_logs.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.api_logs.arn

  depends_on = [aws_iam_role_policy_attachment.api_logs]
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.project}-access-${var.environment_suffix}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_cloudwatch_log_group" "execution" {
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.parcels.id}/${var.environment_suffix}"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id          = aws_api_gateway_rest_api.parcels.id
  deployment_id        = aws_api_gateway_deployment.parcels.id
  stage_name           = var.environment_suffix
  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn

    format = jsonencode({
      requestId  = "$context.requestId"
      time       = "$context.requestTime"
      sourceIp   = "$context.identity.sourceIp"
      httpMethod = "$context.httpMethod"
      path       = "$context.resourcePath"
      status     = "$context.status"
      latency    = "$context.responseLatency"
    })
  }

  depends_on = [aws_api_gateway_account.this, aws_cloudwatch_log_group.execution]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.parcels.id
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    logging_level          = "ERROR"
    data_trace_enabled     = false
    throttling_rate_limit  = 200
    throttling_burst_limit = 100
  }
}

resource "aws_wafv2_web_acl" "api" {
  name        = "${var.project}-api-${var.environment_suffix}"
  description = "Common attacks on the parcel API"
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "common"
    priority = 10

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "rate"
    priority = 20

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit              = 2000
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "${var.project}-api-${var.environment_suffix}"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "api" {
  resource_arn = aws_api_gateway_stage.live.arn
  web_acl_arn  = aws_wafv2_web_acl.api.arn
}
