import json
import os

import boto3
from boto3.dynamodb.conditions import Key

table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def handler(event, context):
    code = event["pathParameters"]["code"]
    found = table.query(KeyConditionExpression=Key("parcel_code").eq(code))
    return {"statusCode": 200, "body": json.dumps(found["Items"])}
