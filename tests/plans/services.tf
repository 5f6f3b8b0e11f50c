# Services with faults: databases, caches, containers, autoscaling, streams, state machines, alarms, rights of roles.
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

data "aws_iam_policy_document" "trust" {
  for_each = toset(["lambda", "ecs-tasks", "states", "firehose", "ec2", "eks"])

  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

# Network

resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_subnet" "public" {
  for_each = { a = "10.70.0.0/24", b = "10.70.1.0/24" }

  vpc_id                  = aws_vpc.shop.id
  cidr_block              = each.value
  availability_zone       = "us-east-1${each.key}"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "private" {
  for_each = { a = "10.70.10.0/24", b = "10.70.11.0/24" }

  vpc_id            = aws_vpc.shop.id
  cidr_block        = each.value
  availability_zone = "us-east-1${each.key}"
}

resource "aws_subnet" "data" {
  for_each = { a = "10.70.20.0/24", b = "10.70.21.0/24" }

  vpc_id            = aws_vpc.shop.id
  cidr_block        = each.value
  availability_zone = "us-east-1${each.key}"
}

resource "aws_subnet" "kiosk" {
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = "10.70.30.0/24"
  availability_zone       = "us-east-1a"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.shop.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "shop" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public["a"].id
  depends_on    = [aws_internet_gateway.shop]
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.shop.id
  }
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private.id
}

resource "aws_route_table_association" "kiosk" {
  subnet_id      = aws_subnet.kiosk.id
  route_table_id = aws_route_table.private.id
}

# Databases and caches

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.shop.id
}

resource "aws_db_subnet_group" "data" {
  name       = "data"
  subnet_ids = [for s in aws_subnet.data : s.id]
}

resource "aws_secretsmanager_secret" "database" {
  name = "shop-db-password"
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = "change-me"
}

data "aws_secretsmanager_secret_version" "database" {
  secret_id = aws_secretsmanager_secret.database.id
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "postgres"
  instance_class         = "db.t4g.medium"
  allocated_storage      = 50
  username               = "orders"
  password               = data.aws_secretsmanager_secret_version.database.secret_string
  db_subnet_group_name   = aws_db_subnet_group.data.name
  vpc_security_group_ids = [aws_security_group.database.id]
  skip_final_snapshot    = true
}

resource "aws_rds_cluster" "catalog" {
  cluster_identifier          = "catalog"
  engine                      = "aurora-postgresql"
  master_username             = "catalog"
  manage_master_user_password = true
  db_subnet_group_name        = aws_db_subnet_group.data.name
  skip_final_snapshot         = true
}

resource "aws_elasticache_subnet_group" "data" {
  name       = "data"
  subnet_ids = [for s in aws_subnet.data : s.id]
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  subnet_group_name          = aws_elasticache_subnet_group.data.name
}

resource "aws_dynamodb_table" "carts" {
  name             = "carts"
  read_capacity    = 5
  write_capacity   = 5
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

# Functions and streams

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_kms_key" "uploads" {
  description = "Uploads"
}

resource "aws_s3_bucket" "uploads" {
  bucket = "acme-uploads"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.uploads.arn
    }
  }
}

resource "aws_s3_bucket" "code" {
  bucket = "acme-code"
}

resource "aws_sns_topic" "failures" {
  name = "failures"
}

resource "aws_iam_role" "consumer" {
  name               = "consumer"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

data "aws_iam_policy_document" "consumer" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }
}

resource "aws_iam_role_policy" "consumer" {
  role   = aws_iam_role.consumer.id
  policy = data.aws_iam_policy_document.consumer.json
}

resource "aws_lambda_function" "consumer" {
  function_name = "consumer"
  role          = aws_iam_role.consumer.arn
  runtime       = "python3.13"
  handler       = "main.handler"
  s3_bucket     = aws_s3_bucket.code.id
  s3_key        = "consumer.zip"
  environment {
    variables = {
      BUCKET = aws_s3_bucket.uploads.bucket
      CACHE  = aws_elasticache_replication_group.sessions.configuration_endpoint_address
    }
  }
  dead_letter_config {
    target_arn = aws_sns_topic.failures.arn
  }
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = aws_lambda_function.consumer.arn
  starting_position = "LATEST"
  depends_on        = [aws_iam_role_policy.consumer]
}

resource "aws_lambda_event_source_mapping" "carts" {
  event_source_arn  = aws_dynamodb_table.carts.stream_arn
  function_name     = aws_lambda_function.consumer.arn
  starting_position = "LATEST"
  depends_on        = [aws_iam_role_policy.consumer]
}

resource "aws_iam_role" "delivery" {
  name               = "delivery"
  assume_role_policy = data.aws_iam_policy_document.trust["firehose"].json
}

resource "aws_iam_role_policy" "delivery" {
  role   = aws_iam_role.delivery.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = aws_iam_role.delivery.arn
    bucket_arn = aws_s3_bucket.uploads.arn
  }
}

resource "aws_synthetics_canary" "front" {
  name                 = "front"
  artifact_s3_location = "s3://${aws_s3_bucket.uploads.bucket}/canary"
  execution_role_arn   = aws_iam_role.consumer.arn
  handler              = "front.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "acme-canaries"
  s3_key               = "front.zip"
  schedule {
    expression = "rate(5 minutes)"
  }
}

# Containers

resource "aws_ecr_repository" "web" {
  name = "web"
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"
}

resource "aws_iam_role" "execution" {
  name               = "execution"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2"].json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_cloudwatch_log_group" "web" {
  name = "/ecs/web"
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name    = "web"
    image   = "${aws_ecr_repository.web.repository_url}:1"
    secrets = [{ name = "PASSWORD", valueFrom = aws_secretsmanager_secret.database.arn }]
  }])
}

resource "aws_ecs_task_definition" "mailer" {
  family = "mailer"
  container_definitions = jsonencode([{
    name             = "mailer"
    image            = "public.ecr.aws/acme/mailer:4"
    memory           = 128
    logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/ecs/mailer", "awslogs-region" = "us-east-1" } }
  }])
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [for s in aws_subnet.public : s.id]
}

resource "aws_lb_target_group" "web" {
  name        = "web"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = [for s in aws_subnet.data : s.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}

resource "aws_ecs_service" "mailer" {
  name            = "mailer"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.mailer.arn
  desired_count   = 1
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/shop/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_appautoscaling_policy" "web" {
  for_each = { up = 60, down = 30 }

  name               = each.key
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = each.value
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# Servers and clusters

resource "aws_kms_key" "volumes" {
  description = "Volumes"
}

resource "aws_launch_template" "batch" {
  name          = "batch"
  image_id      = "ami-0c02fb55956c7d316"
  instance_type = "m7g.large"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.volumes.arn
    }
  }
}

resource "aws_autoscaling_group" "batch" {
  name                = "batch"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = [for s in aws_subnet.public : s.id]
  launch_template {
    id      = aws_launch_template.batch.id
    version = "$Latest"
  }
}

resource "aws_iam_role" "bastion" {
  name               = "bastion"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2"].json
}

resource "aws_iam_role_policy_attachment" "bastion" {
  role       = aws_iam_role.bastion.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "aws_iam_instance_profile" "bastion" {
  name = "bastion"
  role = aws_iam_role.bastion.name
}

resource "aws_instance" "bastion" {
  ami                  = "ami-0c02fb55956c7d316"
  instance_type        = "t4g.micro"
  subnet_id            = aws_subnet.data["a"].id
  iam_instance_profile = aws_iam_instance_profile.bastion.name
  user_data            = "#!/bin/sh\ndnf install -y postgresql16\n"
}

resource "aws_ssm_association" "patches" {
  name = "AWS-RunPatchBaseline"
  targets {
    key    = "InstanceIds"
    values = [aws_instance.bastion.id]
  }
}

resource "aws_iam_role" "kubernetes" {
  for_each = toset(["eks", "ec2"])

  name               = "kubernetes-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json
}

resource "aws_iam_role_policy_attachment" "kubernetes" {
  for_each = { AmazonEKSClusterPolicy = "eks", AmazonEKSWorkerNodePolicy = "ec2", AmazonEKS_CNI_Policy = "ec2" }

  role       = aws_iam_role.kubernetes[each.value].name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_eks_cluster" "jobs" {
  name     = "jobs"
  role_arn = aws_iam_role.kubernetes["eks"].arn
  vpc_config {
    subnet_ids = [for s in aws_subnet.private : s.id]
  }
  depends_on = [aws_iam_role_policy_attachment.kubernetes]
}

resource "aws_eks_node_group" "jobs" {
  cluster_name  = aws_eks_cluster.jobs.name
  node_role_arn = aws_iam_role.kubernetes["ec2"].arn
  subnet_ids    = [for s in aws_subnet.private : s.id]
  scaling_config {
    desired_size = 2
    min_size     = 1
    max_size     = 3
  }
}

resource "aws_eks_addon" "volumes" {
  cluster_name = aws_eks_cluster.jobs.name
  addon_name   = "aws-ebs-csi-driver"
}

# Workflows and interfaces

resource "aws_iam_role" "checkout" {
  name               = "checkout"
  assume_role_policy = data.aws_iam_policy_document.trust["states"].json
}

resource "aws_iam_role_policy" "checkout" {
  role   = aws_iam_role.checkout.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" }] })
}

resource "aws_cloudwatch_log_group" "checkout" {
  name = "/aws/vendedlogs/states/checkout"
}

resource "aws_sfn_state_machine" "checkout" {
  name     = "checkout"
  role_arn = aws_iam_role.checkout.arn
  definition = jsonencode({
    StartAt = "Charge"
    States = {
      Charge = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", Parameters = { FunctionName = "charge" }, Next = "Store" }
      Store  = { Type = "Task", Resource = "arn:aws:states:::dynamodb:putItem", Parameters = { TableName = "orders", "Item.$" = "$" }, Next = "Pack" }
      Pack   = { Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage", Parameters = { QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/pack", "MessageBody.$" = "$" }, Next = "Label" }
      Label  = { Type = "Task", Resource = "arn:aws:states:::ecs:runTask.sync", Parameters = { Cluster = "shop", TaskDefinition = "label" }, Next = "Tell" }
      Tell   = { Type = "Task", Resource = "arn:aws:states:::sns:publish", Parameters = { TopicArn = "arn:aws:sns:us-east-1:123456789012:orders", "Message.$" = "$" }, Next = "Spread" }
      Spread = { Type = "Task", Resource = "arn:aws:states:::events:putEvents", Parameters = { Entries = [{ Source = "shop", DetailType = "order", "Detail.$" = "$" }] }, Next = "Report" }
      Report = { Type = "Task", Resource = "arn:aws:states:::glue:startJobRun", Parameters = { JobName = "report" }, End = true }
    }
  })
  logging_configuration {
    level           = "ALL"
    log_destination = "${aws_cloudwatch_log_group.checkout.arn}:*"
  }
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_s3_bucket" "audit" {
  bucket = "acme-audit"
}

data "aws_iam_policy_document" "audit" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.audit.arn}/AWSLogs/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "audit" {
  bucket = aws_s3_bucket.audit.id
  policy = data.aws_iam_policy_document.audit.json
}
