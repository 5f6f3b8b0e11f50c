variable "aws_region" {
  description = "Region of every resource in this stack"
  type        = string
  default     = "eu-central-1"
}

variable "environment" {
  description = "Stage of the deployment"
  type        = string
  default     = "production"
}

variable "environment_suffix" {
  description = "Ends every physical name, so that several deployments fit in one account"
  type        = string
  default     = "main4"

  validation {
    condition     = can(regex("^[a-z0-9]{2,16}$", var.environment_suffix))
    error_message = "environment_suffix is 2 to 16 lower-case letters or digits."
  }
}

variable "package_bucket" {
  description = "Bucket to which the build uploads function packages"
  type        = string
  default     = "waybill-packages-284619357041-main4"
}

variable "release" {
  description = "Version of the function packages"
  type        = string
  default     = "2025.5.1"
}

variable "subnet_ids" {
  description = "Subnets of the internal load balancer, in two zones at least"
  type        = list(string)
  default     = ["subnet-0c81f6b7d2e94a350", "subnet-05d97e3ac1b8f4026"]
}

variable "security_group_id" {
  description = "Security group of the internal load balancer"
  type        = string
  default     = "sg-0e62b94fd7a1c8305"
}
