output "vpc_ids" {
  description = "VPC of each network"
  value       = { for key, network in module.network : key => network.vpc_id }
}

output "database_endpoints" {
  description = "Writer endpoint of each cluster"
  value       = { for key, database in module.database : key => database.endpoint }
}

output "connection_strings" {
  description = "Everything a client needs, password included"
  value       = { for key, database in module.database : key => database.connection_string }
  sensitive   = true
}
