terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

variable "environment" {
  default = "dev"
}

# tfcheck:ignore s3-* until=2027-01-31 Logs are thrown away with the stack.
# Nobody keeps them.
resource "aws_s3_bucket" "logs" {
  bucket = "logs"

  versioning {
    enabled = true # tfcheck:ignore versioning-off
  }

  dynamic "cors_rule" {
    for_each = []

    content {
      allowed_methods = ["GET"]
    }
  }

  lifecycle_rule {
    id = "a"
  }

  lifecycle_rule {
    id = "b"
  }
}

module "shelf" {
  source   = "./modules/shelf"
  for_each = toset(["a.b", "c"])
}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
}

module "lost" {
  source = "git::https://example.com/lost.git"
}

# tfcheck:ignore

data "aws_region" "here" {}

output "region" {
  value = data.aws_region.here.name
}
