variable "name" {
  description = "Short name of the network"
  type        = string
}

variable "cidr" {
  description = "Address range of the VPC, a /16"
  type        = string
}

variable "zones" {
  description = "Availability zones to spread subnets over"
  type        = list(string)
}

variable "environment_suffix" {
  description = "Ends every physical name"
  type        = string
}
