output "name" {
  description = "Short name of the cluster"
  value       = var.name
}

output "cluster_identifier" {
  description = "Identifier of the cluster"
  value       = aws_rds_cluster.this.cluster_identifier
}

output "endpoint" {
  description = "Writer endpoint"
  value       = aws_rds_cluster.this.endpoint
}

output "key_arn" {
  description = "Key of the storage"
  value       = aws_kms_key.this.arn
}

output "subnet_group_name" {
  description = "Subnet group of the cluster"
  value       = aws_db_subnet_group.this.name
}

output "security_group_id" {
  description = "Security group of the cluster"
  value       = aws_security_group.this.id
}

output "connection_string" {
  description = "Address, user and password"
  value       = "postgres://ledger_owner:${urlencode(var.master_password)}@${aws_rds_cluster.this.endpoint}/${var.name}"
  sensitive   = true
}
