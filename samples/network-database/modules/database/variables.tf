variable "name" {
  description = "Short name of the cluster"
  type        = string
}

variable "vpc_id" {
  description = "VPC of the cluster"
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the cluster, in two zones at least"
  type        = list(string)
}

variable "client_cidrs" {
  description = "Address ranges that may connect"
  type        = list(string)
}

variable "instance_count" {
  description = "Number of instances, writer included"
  type        = number

  validation {
    condition     = var.instance_count >= 1 && var.instance_count <= 16
    error_message = "instance_count is 1 to 16."
  }
}

variable "instance_class" {
  description = "Class of every instance"
  type        = string
}

variable "master_password" {
  description = "Password of the owner"
  type        = string
  sensitive   = true
}

variable "account_id" {
  description = "Account that administers the key"
  type        = string
}

variable "environment_suffix" {
  description = "Ends every physical name"
  type        = string
}
