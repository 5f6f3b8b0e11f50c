resource "aws_api_gateway_rest_api" "parcels" {
  name        = "waybill-parcels-${var.environment_suffix}"
  description = "Parcel events, in and out"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  tags = local.tags
}

resource "aws_api_gateway_resource" "parcels" {
  rest_api_id = aws_api_gateway_rest_api.parcels.id
  parent_id   = aws_api_gateway_rest_api.parcels.root_resource_id
  path_part   = "parcels"
}

resource "aws_api_gateway_method" "post_event" {
  rest_api_id   = aws_api_gateway_rest_api.parcels.id
  resource_id   = aws_api_gateway_resource.parcels.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "post_event" {
  rest_api_id             = aws_api_gateway_rest_api.parcels.id
  resource_id             = aws_api_gateway_resource.parcels.id
  http_method             = aws_api_gateway_method.post_event.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.intake.invoke_arn
}

resource "aws_api_gateway_method" "get_parcels" {
  rest_api_id   = aws_api_gateway_rest_api.parcels.id
  resource_id   = aws_api_gateway_resource.parcels.id
  http_method   = "GET"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "get_parcels" {
  rest_api_id             = aws_api_gateway_rest_api.parcels.id
  resource_id             = aws_api_gateway_resource.parcels.id
  http_method             = aws_api_gateway_method.get_parcels.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.lookup.invoke_arn
}

resource "aws_lambda_permission" "intake_api" {
  statement_id  = "InvokeFromApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.intake.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = aws_api_gateway_rest_api.parcels.arn
}

resource "aws_lambda_permission" "lookup_api" {
  statement_id  = "InvokeFromApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.lookup.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:eu-central-1:284619357041:waybill-parcels"
}

resource "aws_api_gateway_deployment" "parcels" {
  rest_api_id = aws_api_gateway_rest_api.parcels.id

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_integration.post_event]
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/waybill-access-${var.environment_suffix}"
  retention_in_days = 365
  tags              = local.tags
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.parcels.id
  deployment_id = aws_api_gateway_deployment.parcels.id
  stage_name    = var.environment_suffix

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = jsonencode({ requestId = "$context.requestId", status = "$context.status" })
  }

  tags = local.tags
}

resource "aws_lb" "internal" {
  name               = "waybill-lookup-internal-lb-${var.environment_suffix}"
  internal           = true
  load_balancer_type = "application"
  subnets            = var.subnet_ids
  security_groups    = [var.security_group_id]
  tags               = local.tags
}

resource "aws_lb_target_group" "lookup" {
  name        = "waybill-lookup-internal-tg-${var.environment_suffix}"
  target_type = "lambda"
  tags        = local.tags
}

resource "aws_lambda_permission" "lookup_lb" {
  statement_id  = "InvokeFromLoadBalancer"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.lookup.function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.lookup.arn
}

resource "aws_lb_target_group_attachment" "lookup" {
  target_group_arn = aws_lb_target_group.lookup.arn
  target_id        = aws_lambda_function.lookup.arn

  depends_on = [aws_lambda_permission.lookup_lb]
}

resource "aws_lb_listener" "lookup" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.lookup.arn
  }

  tags = local.tags
}
