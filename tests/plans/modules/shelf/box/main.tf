variable "name" {
  type = string
}

resource "aws_sqs_queue" "this" {
  count = 1
  name  = "${var.name}-${count.index}"
}

output "name" {
  value = aws_sqs_queue.this[0].name
}

output "arn" {
  value = aws_sqs_queue.this[0].arn
}
