output "api_url" {
  description = "Address of the API"
  value       = aws_api_gateway_stage.live.invoke_url
}

output "table_name" {
  description = "Table of parcel events"
  value       = aws_dynamodb_table.events.name
}

output "alarm_topic_arn" {
  description = "Topic that receives every alarm"
  value       = aws_sns_topic.alarms.arn
}
