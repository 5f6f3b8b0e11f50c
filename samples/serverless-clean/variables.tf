variable "aws_region" {
  description = "Region of every resource in this stack"
  type        = string
  default     = "eu-central-1"
}

variable "environment" {
  description = "Stage of the deployment"
  type        = string
  default     = "production"

  validation {
    condition     = contains(["development", "staging", "production"], var.environment)
    error_message = "environment is one of development, staging, production."
  }
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

variable "project" {
  description = "First part of every physical name"
  type        = string
  default     = "waybill"
}

variable "owner" {
  description = "Team that answers for this stack"
  type        = string
  default     = "parcel-platform"
}

variable "alarm_email" {
  description = "Mailbox that receives alarms"
  type        = string
  default     = "parcel-oncall@waybill-freight.net"
}

variable "log_retention_days" {
  description = "Days that logs are kept"
  type        = number
  default     = 365
}
