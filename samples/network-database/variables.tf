variable "aws_region" {
  description = "Region of networks and databases"
  type        = string
  default     = "eu-west-1"
}

variable "recovery_region" {
  description = "Region that keeps copies of backups"
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
  default     = "live2"
}

variable "master_password" {
  description = "Password of the Aurora owners, 16 characters or more"
  type        = string
  sensitive   = true

  validation {
    condition     = length(var.master_password) >= 16
    error_message = "master_password has 16 characters or more."
  }
}

variable "alarm_emails" {
  description = "Mailboxes that receive alarms"
  type        = list(string)
  default     = ["dba@ledger-core.net", "duty@ledger-core.net"]
}
