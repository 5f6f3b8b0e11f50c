# Edges with faults: DNS, CloudFront, replication, WAF, trails, Config, notifications, key policies, listeners, ordering.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

# DNS and load balancers

resource "aws_route53_zone" "shop" {
  name = "shop.example.com"
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.shop.zone_id
  name    = "www.shop.example.com"
  type    = "CNAME"
  ttl     = 300
  records = ["front.example.net"]
}

resource "aws_route53_record" "www_again" {
  zone_id = aws_route53_zone.shop.zone_id
  name    = "www.shop.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["other.example.net"]
}

resource "aws_vpc" "edge" {
  cidr_block = "10.80.0.0/16"
}

resource "aws_subnet" "edge" {
  count = 2

  vpc_id            = aws_vpc.edge.id
  cidr_block        = cidrsubnet("10.80.0.0/16", 8, count.index)
  availability_zone = "us-east-1a"
}

resource "aws_network_acl" "edge" {
  vpc_id = aws_vpc.edge.id
}

resource "aws_network_acl_rule" "in" {
  for_each = { http = 80, https = 443 }

  network_acl_id = aws_network_acl.edge.id
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = each.value
  to_port        = each.value
}

resource "aws_security_group" "endpoint" {
  name   = "endpoint"
  vpc_id = aws_vpc.edge.id
}

resource "aws_vpc_endpoint" "queues" {
  vpc_id             = aws_vpc.edge.id
  service_name       = "com.amazonaws.us-east-1.sqs"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = aws_subnet.edge[*].id
  security_group_ids = [aws_security_group.endpoint.id]
}

resource "aws_s3_bucket" "access" {
  bucket = "acme-access"
}

resource "aws_lb" "front" {
  name    = "front"
  subnets = aws_subnet.edge[*].id
  access_logs {
    bucket  = aws_s3_bucket.access.id
    enabled = true
  }
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "robots" {
  for_each = toset(["/robots.txt", "/health"])

  listener_arn = aws_lb_listener.front.arn
  priority     = 10
  action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
  condition {
    path_pattern {
      values = [each.key]
    }
  }
}

resource "aws_route53_health_check" "front" {
  fqdn = aws_lb.front.dns_name
  port = 443
  type = "HTTPS"
}

resource "aws_eip" "west" {
  provider = aws.west
  domain   = "vpc"
}

resource "aws_globalaccelerator_accelerator" "shop" {
  name = "shop"
}

resource "aws_globalaccelerator_listener" "shop" {
  accelerator_arn = aws_globalaccelerator_accelerator.shop.id
  protocol        = "TCP"
  port_range {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_globalaccelerator_endpoint_group" "west" {
  listener_arn = aws_globalaccelerator_listener.shop.id
  endpoint_configuration {
    endpoint_id = aws_eip.west.id
  }
}

resource "aws_wafv2_web_acl" "front" {
  name  = "front"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "front"
    sampled_requests_enabled   = true
  }
}

# CloudFront

resource "aws_cloudfront_origin_access_identity" "site" {
  comment = "site"
}

resource "aws_cloudfront_origin_access_control" "media" {
  name                              = "media"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_s3_bucket" "site" {
  bucket = "acme-site"
}

data "aws_iam_policy_document" "site" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.site.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:x-acl"
      values   = ["private"]
    }
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = data.aws_iam_policy_document.site.json
}

resource "aws_s3_bucket" "media" {
  bucket = "acme-media"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "site"
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
    s3_origin_config {
      origin_access_identity = aws_cloudfront_origin_access_identity.site.cloudfront_access_identity_path
    }
  }
  origin {
    origin_id                = "media"
    domain_name              = aws_s3_bucket.media.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.media.id
  }
  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  logging_config {
    bucket = aws_s3_bucket.access.bucket_domain_name
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

# Replication and keys of other regions

resource "aws_kms_key" "home" {
  description = "Home"
}

resource "aws_dynamodb_table" "global" {
  name             = "global"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  replica {
    region_name = "us-west-2"
    kms_key_arn = aws_kms_key.home.arn
  }
}

resource "aws_sqs_queue" "west" {
  provider          = aws.west
  name              = "west"
  kms_master_key_id = aws_kms_key.home.arn
}

resource "aws_iam_role" "audit" {
  name               = "audit"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["s3.amazonaws.com", "config.amazonaws.com", "cloudtrail.amazonaws.com"] } }] })
}

resource "aws_iam_role_policy" "audit" {
  role   = aws_iam_role.audit.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:GetObject*", "logs:DescribeLogGroups"], Resource = "*" }] })
}

resource "aws_s3_bucket_versioning" "site" {
  bucket = aws_s3_bucket.site.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "site_replica" {
  provider = aws.west
  bucket   = "acme-site-replica"
}

resource "aws_s3_bucket_replication_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  role   = aws_iam_role.audit.arn
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::acme-site-copy"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "media" {
  bucket = aws_s3_bucket.media.id
  role   = aws_iam_role.audit.arn
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.site.arn
    }
  }
}

# Trails, Config and notifications

resource "aws_s3_bucket" "trail" {
  bucket = "acme-org-trail"
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:GetBucketAcl", Resource = "arn:aws:s3:::acme-org-trail" },
      { Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-org-trail/AWSLogs/123456789012/*" },
    ]
  })
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "organization" {
  name                       = "organization"
  s3_bucket_name             = aws_s3_bucket.trail.id
  is_organization_trail      = true
  kms_key_id                 = aws_kms_key.home.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.audit.arn
  depends_on                 = [aws_s3_bucket_policy.trail]
}

resource "aws_config_configuration_recorder" "account" {
  name     = "account"
  role_arn = aws_iam_role.audit.arn
}

resource "aws_config_delivery_channel" "account" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.access.id
}

resource "aws_config_configuration_recorder_status" "account" {
  name       = "account"
  is_enabled = true
}

resource "aws_securityhub_account" "this" {}

resource "aws_securityhub_standards_subscription" "cis" {
  standards_arn = "arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/3.0.0"
}

resource "aws_macie2_account" "this" {}

resource "aws_macie2_custom_data_identifier" "customer" {
  name  = "customer"
  regex = "C-[0-9]{8}"
}

resource "aws_sqs_queue" "events" {
  name = "events"
}

resource "aws_sns_topic" "events" {
  name = "events"
}

resource "aws_sns_topic_policy" "events" {
  arn    = aws_sns_topic.events.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "sns:*", Resource = "*" }] })
}

resource "aws_sns_topic_subscription" "events" {
  topic_arn = aws_sns_topic.events.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.events.arn
}

resource "aws_s3_bucket_notification" "media" {
  bucket = aws_s3_bucket.media.id
  queue {
    queue_arn = aws_sqs_queue.events.arn
    events    = ["s3:ObjectCreated:*"]
  }
  topic {
    topic_arn = aws_sns_topic.events.arn
    events    = ["s3:ObjectRemoved:*"]
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_sqs_queue.events.arn
}

# REST interface

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.audit.arn
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_method" "root" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "root" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_rest_api.shop.root_resource_id
  http_method = aws_api_gateway_method.root.http_method
  type        = "MOCK"
}

resource "aws_api_gateway_integration_response" "root" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_rest_api.shop.root_resource_id
  http_method = aws_api_gateway_method.root.http_method
  status_code = "200"
}

resource "aws_api_gateway_deployment" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = "live"
  depends_on  = [aws_api_gateway_integration.root]
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.live.id
  stage_name    = "live"
}

resource "aws_api_gateway_method_settings" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"
  settings {
    logging_level = "INFO"
  }
}
