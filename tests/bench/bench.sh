#!/bin/sh
# Measures tfcheck on plans made by multiplying a real one. Everything is a ratio within this run, but for memory.
# usage: bench.sh DIR     DIR holds multiply_plan, null_parse and measure
set -eu
tools=$1
plan=${BENCH_PLAN:-samples/network-database/plan.json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
measure() { "$tools/measure" "$@"; }
seconds() { echo "$1" | cut -d' ' -f1; }
memory() { echo "$1" | cut -d' ' -f2; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

for size in 10 50 100; do
    "$tools/multiply_plan" "$plan" "${size}000000" > "$work/$size.json"
done
echo "plan: $plan multiplied to $(wc -c < "$work/100.json") bytes"
null=$(measure 5 "$tools/null_parse" "$work/100.json")
full=$(measure 5 ./tfcheck --fail-on never "$work/100.json")
echo "all rules against a null-callback yajl parse of the same file: $(ratio "$(seconds "$full")" "$(seconds "$null")")"
if command -v jq >/dev/null; then
    jq=$(measure 1 jq -c .format_version "$work/100.json")
    echo "jq reading the file against tfcheck: $(ratio "$(seconds "$jq")" "$(seconds "$full")"); its memory against tfcheck's: $(ratio "$(memory "$jq")" "$(memory "$full")")"
fi
ten=$(measure 5 ./tfcheck --fail-on never "$work/10.json")
fifty=$(measure 5 ./tfcheck --fail-on never "$work/50.json")
echo "50 MB against 10 MB: $(ratio "$(seconds "$fifty")" "$(seconds "$ten")"); 100 MB against 10 MB: $(ratio "$(seconds "$full")" "$(seconds "$ten")")"
echo "peak memory at 10, 50, 100 MB: $(($(memory "$ten") / 1024)), $(($(memory "$fifty") / 1024)), $(($(memory "$full") / 1024)) MiB"

for count in 10 200; do
    mkdir "$work/rules$count"
    i=0
    while [ $i -lt $count ]; do
        type=$(sed -n "$((i % 8 + 1))p" <<'TYPES'
aws_subnet
aws_route_table
aws_security_group
aws_db_instance
aws_vpc
aws_iam_role
aws_cloudwatch_log_group
aws_nat_gateway
TYPES
)
        cat > "$work/rules$count/bench-$i.yaml" <<RULE
{ "id": "bench-$i", "title": "t", "severity": "low", "why": "w", "fix": "f", "select": { "type": "$type" },
  "require": { "tags.Attribute$i": { "absent": true } } }
RULE
        i=$((i + 1))
    done
done
few=$(measure 5 ./tfcheck --fail-on never --no-builtin --policy "$work/rules10" "$work/100.json")
many=$(measure 5 ./tfcheck --fail-on never --no-builtin --policy "$work/rules200" "$work/100.json")
echo "200 rules against 10 rules: $(ratio "$(seconds "$many")" "$(seconds "$few")")"
small=$(measure 21 ./tfcheck --fail-on never "$plan")
parse=$(measure 21 "$tools/null_parse" "$plan")
echo "start-up: the $(wc -c < "$plan") bytes of the real plan against a null parse of them: $(ratio "$(seconds "$small")" "$(seconds "$parse")"); against the 100 MB: $(ratio "$(seconds "$small")" "$(seconds "$full")")"
bare=$(measure 5 ./tfcheck --fail-on never --no-builtin-schemas "$work/100.json")
echo "with schemas against without, 100 MB: $(ratio "$(seconds "$full")" "$(seconds "$bare")")"
types=samples/serverless-clean/plan.json
with=$(measure 21 ./tfcheck --fail-on never "$types")
without=$(measure 21 ./tfcheck --fail-on never --no-builtin-schemas "$types")
echo "opening the schemas of $types ($(grep -o '"type":"aws_[a-z0-9_]*"' "$types" | sort -u | wc -l) types): $(awk -v a="$(seconds "$with")" -v b="$(seconds "$without")" 'BEGIN { printf "%.1f", (a - b) * 1000 }') ms"
