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
  shelves = {
    "a.b"                     = ["x"]
    "c]d"                     = ["y.z"]
    "say \"hi\""              = ["[0]"]
    "dollar $${left}"         = ["%%{if}"]
    "slash/back\\slash\nline" = ["module.shelf"]
    "käse 🧀"                  = ["aws_sqs_queue.this"]
    "module.x[\"y\"].aws"     = ["]"]
  }
}

module "shelf" {
  source   = "./modules/shelf"
  for_each = local.shelves

  position = index(keys(local.shelves), each.key)
  boxes    = each.value
}

module "row" {
  source = "./modules/shelf"
  count  = 2

  position = 100 + count.index
  boxes    = ["plain"]
}

module "empty" {
  source = "./modules/shelf"
  count  = 0

  position = 200
  boxes    = []
}

output "names" {
  value = flatten([values(module.shelf)[*].names, module.row[*].names])
}
