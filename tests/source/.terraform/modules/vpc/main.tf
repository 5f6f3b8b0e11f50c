resource "aws_vpc" "this" {
  # tfcheck:ignore not-ours
  cidr_block = "10.0.0.0/16"
}

module "sub" {
  source = "./sub"
}
