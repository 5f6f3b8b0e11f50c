output "vpc_id" {
  description = "Id of the VPC"
  value       = aws_vpc.this.id
}

output "subnet_ids" {
  description = "Subnet ids of each tier"
  value       = { for key, tier in module.tier : key => values(tier.subnet_ids) }
}

output "subnet_cidrs" {
  description = "Address ranges of each tier"
  value       = { for key, tier in module.tier : key => tier.subnet_cidrs }
}
