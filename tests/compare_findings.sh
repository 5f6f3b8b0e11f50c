#!/bin/sh
# Holds what is found in plans for people against what is found in the same plans as JSON.
# Usage: compare_findings.sh DIR...    directories that hold plan.json, plan.txt and the .tf files of the plan
# With the .tf files at hand the text must give no other failing finding than the JSON, and at least 95 % of them; without
# them none that the JSON has not. Prints what is only in the text, and a sum; exits 1 when that does not hold.
set -u
program=${TFCHECK:-./tfcheck}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# findings ARGUMENT...: rule and fingerprint of each failing finding. What speaks of several resources has another
# fingerprint when the text hides one of them, so there the rule alone has to do.
findings() {
    "$program" --format csv --fail-on never "$@" 2>"$work/err" >"$work/out" || { cat "$work/err" >&2; return 1; }
    awk -F, 'NR > 1 && $4 == "fail" { print $2, ($5 == "" || $5 ~ /^"/ ? "-" : $NF) }' "$work/out" | sort -u
}

json=0
found=0
only=0
for folder; do
    [ -f "$folder/plan.txt" ] && [ -f "$folder/plan.json" ] || { echo "$folder holds no pair" >&2; exit 2; }
    findings "$folder/plan.json" >"$work/json" || exit 1
    findings --source "$folder" "$folder/plan.txt" >"$work/text" || exit 1
    findings "$folder/plan.txt" >"$work/alone" || exit 1
    json=$((json + $(wc -l <"$work/json")))
    found=$((found + $(comm -12 "$work/json" "$work/text" | wc -l)))
    for text in text alone; do
        comm -13 "$work/json" "$work/$text" |
            awk -v json="$work/json" 'BEGIN { while ((getline line < json) > 0) if (split(line, f, " ") && f[2] == "-") once[f[1]] }
                                      !($1 in once)' >"$work/only"
        only=$((only + $(wc -l <"$work/only")))
        sed "s|^|$folder: only in the text ($text): |" "$work/only"
    done
done
echo "$json failing findings in the JSON, $found of them in the text, $only only in the text"
[ "$json" -gt 0 ] && [ "$only" -eq 0 ] && [ $((found * 100)) -ge $((json * 95)) ]
