#!/usr/bin/python3
"""Holds files against the JSON Schemas in schemas/, by python3-jsonschema and python3-yaml: rule files, configurations, JSON
reports; and the YAML in TAP reports. Also shows that the schemas refuse what the program refuses. Usage: check_schemas.py, in the project's root."""
import glob
import json
import re
import sys
import warnings

import jsonschema
import yaml

warnings.simplefilter("ignore")
checked = failed = 0


class Core(yaml.SafeLoader):
    """YAML 1.2: yes, no, on and off are strings, and so are days."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def schema(name):
    with open("schemas/%s.schema.json" % name) as file:
        document = json.load(file)
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def check(validator, name, value, wanted=True):
    global checked, failed
    checked += 1
    errors = sorted(validator.iter_errors(value), key=lambda error: list(error.path))
    if wanted == (not errors):
        return
    failed += 1
    print("not ok - %s: %s" % (name, errors[0].message[:300] + " at " + "/".join(map(str, errors[0].path)) if errors else "is taken"))


def load(path):
    with open(path) as file:
        return yaml.load(file, Core)


rule, configuration, report = schema("rule"), schema("config"), schema("report")
for path in glob.glob("policies/*/*.yaml") + glob.glob("tests/cases/policies/*.yaml"):
    check(rule, path, load(path))
good = load("policies/aws/dynamodb-pitr.yaml")
for key, value in {"severty": "high", "severity": "hihg", "id": "Bad_id", "select": {}, "require": {"a": {"eqals": 1}}}.items():
    check(rule, "a rule with %s: %s" % (key, value), {**good, key: value}, False)
for path in glob.glob("tests/cases/*/config.yaml"):
    with open(path.replace("config.yaml", "exit")) as file:
        refused = file.read().strip() == "2" and not re.search("unknown-rule|unknown-parameter|parameter-kind|bad-date", path)
    check(configuration, path, load(path), not refused)
with open("README.md") as file:
    for block in re.findall(r"^```yaml\n(packs:.*?)^```", file.read(), re.M | re.S):
        check(configuration, "README.md", yaml.load(block, Core))
decoder = json.JSONDecoder()
for path in glob.glob("tests/cases/*/expected.json"):
    with open(path) as file:
        text = file.read().strip()
    while text:
        document, end = decoder.raw_decode(text)
        check(report, path, document)
        text = text[end:].lstrip()
block = jsonschema.Draft202012Validator({"type": "object", "required": ["severity", "message", "at"],
                                         "additionalProperties": {"type": "string"}})
for path in glob.glob("tests/cases/*/expected.tap"):
    with open(path) as file:
        for text in re.findall(r"^  ---\n(.*?)^  \.\.\.$", file.read(), re.M | re.S):
            check(block, path, yaml.load(text, Core))
print("%d documents held against their schemas, %d failed" % (checked, failed))
sys.exit(failed > 0 or checked < 100)
