#!/bin/sh
# Holds plans for people against the same plans as JSON: resources, actions and every value that the text shows.
# Usage: compare_plans.sh PROGRAM DIR...    in each DIR and below it, every X.json with X.txt beside it is a pair
# Prints what differs and a sum; exits 1 when something differs.
set -u
program=$1
shift
find "$@" -name '*.txt' | sort | while IFS= read -r text; do
    json=${text%.txt}.json
    [ -f "$json" ] || continue
    out=$("$program" "$json" "$text")
    code=$?
    printf '%s\n' "$out" | awk -v code="$code" -v name="$text" '
        { last = $0; if (code != 0) line[NR] = $0 }
        END {
            if (code != 0) { print "differs " name; for (i = 1; i <= NR; i++) print line[i] > "/dev/stderr" }
            else print "same " last
        }'
done | awk '
    $1 == "differs" { bad++; print }
    $1 == "same" { for (i = 2; i < NF; i += 2) { sum[$(i + 1)] += $i } good++ }
    END {
        printf "%d pairs, %d differ:", good + bad, bad
        printf " %d resources, %d values equal, %d equal as JSON, %d equal but for blanks at the ends, %d known after apply,", \
            sum["resources,"], sum["equal,"], sum["as-json,"], sum["but-for-blanks,"], sum["unknown,"]
        printf " %d hidden; %d not shown and nothing in the JSON\n", sum["hidden,"], sum["nothing,"]
        exit bad > 0 || good == 0
    }'
