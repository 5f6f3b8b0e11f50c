terraform {
  required_version = "~> 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = var.aws_region

  default_tags {
    tags = local.tags
  }
}

provider "aws" {
  alias  = "recovery"
  region = var.recovery_region

  default_tags {
    tags = local.tags
  }
}

data "aws_caller_identity" "current" {}

data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  account_id = data.aws_caller_identity.current.account_id

  tags = {
    Environment = var.environment
    Project     = "ledger"
    Owner       = "core-banking"
    ManagedBy   = "terraform"
  }

  networks = {
    "eu.west/a" = { name = "core", cidr = "10.40.0.0/16" }
    "eu.west/b" = { name = "batch", cidr = "10.41.0.0/16" }
  }

  databases = {
    "\"primary\""     = { name = "accounts", network = "eu.west/a", instances = 2, class = "db.r6g.large" }
    "reports[2025].q" = { name = "reports", network = "eu.west/b", instances = 1, class = "db.r6g.large" }
  }
}

module "network" {
  source   = "./modules/network"
  for_each = local.networks

  name               = each.value.name
  cidr               = each.value.cidr
  zones              = slice(data.aws_availability_zones.available.names, 0, 2)
  environment_suffix = var.environment_suffix
}

module "database" {
  source   = "./modules/database"
  for_each = local.databases

  name               = each.value.name
  vpc_id             = module.network[each.value.network].vpc_id
  subnet_ids         = module.network[each.value.network].subnet_ids["data"]
  client_cidrs       = module.network[each.value.network].subnet_cidrs["app"]
  instance_count     = each.value.instances
  instance_class     = each.value.class
  master_password    = var.master_password
  account_id         = local.account_id
  environment_suffix = var.environment_suffix
}

resource "aws_db_instance" "audit" {
  identifier                            = "ledger-audit-${var.environment_suffix}"
  engine                                = "postgres"
  engine_version                        = "16.8"
  instance_class                        = "db.m6g.large"
  allocated_storage                     = 100
  max_allocated_storage                 = 500
  storage_type                          = "gp3"
  storage_encrypted                     = true
  kms_key_id                            = module.database["\"primary\""].key_arn
  db_name                               = "audit"
  username                              = "audit_owner"
  manage_master_user_password           = true
  multi_az                              = true
  publicly_accessible                   = false
  db_subnet_group_name                  = module.database["\"primary\""].subnet_group_name
  vpc_security_group_ids                = [module.database["\"primary\""].security_group_id]
  backup_retention_period               = 14
  copy_tags_to_snapshot                 = true
  deletion_protection                   = true
  auto_minor_version_upgrade            = true
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = module.database["\"primary\""].key_arn
  performance_insights_retention_period = 7
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
  skip_final_snapshot                   = false
  final_snapshot_identifier             = "ledger-audit-last-${var.environment_suffix}"
}

resource "aws_kms_key" "recovery" {
  provider                = aws.recovery
  description             = "Copies of ledger backups, ${var.environment_suffix}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AccountAdministersKey"
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::${local.account_id}:root" }
    }]
  })
}

resource "aws_db_instance_automated_backups_replication" "audit" {
  provider               = aws.recovery
  source_db_instance_arn = aws_db_instance.audit.arn
  kms_key_id             = aws_kms_key.recovery.arn
  retention_period       = 14
}

resource "aws_sns_topic" "alarms" {
  name = "ledger-alarms-${var.environment_suffix}"
}

resource "aws_sns_topic_subscription" "alarms" {
  count     = length(var.alarm_emails)
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_emails[count.index]
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  for_each            = module.database
  alarm_name          = "ledger-${each.value.name}-cpu-${var.environment_suffix}"
  alarm_description   = "The ${each.value.name} cluster is short of processor time"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 3
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    DBClusterIdentifier = each.value.cluster_identifier
  }
}

resource "aws_cloudwatch_metric_alarm" "audit_storage" {
  alarm_name          = "ledger-audit-storage-${var.environment_suffix}"
  alarm_description   = "The audit database has less than 20 GiB left"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 21474836480
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    DBInstanceIdentifier = aws_db_instance.audit.identifier
  }
}

resource "aws_cloudwatch_metric_alarm" "audit_cpu" {
  alarm_name          = "ledger-audit-cpu-${var.environment_suffix}"
  alarm_description   = "The audit database is short of processor time"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 3
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    DBInstanceIdentifier = aws_db_instance.audit.identifier
  }
}
