resource "aws_sqs_queue" "box" {
  name = "box"
  // tfcheck:ignore queue-dlq until=2030-02-01
}

module "again" {
  source = "../shelf/../shelf"
}
