resource "aws_subnet" "this" {}
