# tfcheck:ignore dynamodb-pitr until=2099-01-31 holds sessions of a day
resource "aws_dynamodb_table" "sessions" {
  count    = 2
  name     = "sessions-${count.index}"
  hash_key = "id"
}

resource "aws_dynamodb_table" "orders" {
  # tfcheck:ignore dynamodb-*
  name     = "orders"
  hash_key = "id" # tfcheck:ignore kms-rotation nothing here rotates a key
}

resource "aws_dynamodb_table" "old" {
  name     = "old" # tfcheck:ignore dynamodb-pitr until=2020-01-31 goes away soon
  hash_key = "id"  # tfcheck:ignore dynamodb-pitr until=soon goes away soon
}

# tfcheck:ignore
