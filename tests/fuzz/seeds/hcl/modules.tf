variable "position" {
  type = number
}

variable "boxes" {
  type = list(string)
}

module "box" {
  source   = "./box"
  for_each = toset(var.boxes)

  name = "shelf-${var.position}-${length(each.key)}"
}

resource "aws_sns_topic" "this" {
  name = "shelf-${var.position}"
}

resource "aws_sns_topic_subscription" "box" {
  for_each  = module.box
  topic_arn = aws_sns_topic.this.arn
  protocol  = "sqs"
  endpoint  = each.value.arn
}

output "names" {
  value = concat([aws_sns_topic.this.name], [for box in module.box : box.name])
}
