terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  nothing = []
}

resource "aws_sqs_queue" "none" {
  count = length(local.nothing)
  name  = "none-${count.index}"
}
