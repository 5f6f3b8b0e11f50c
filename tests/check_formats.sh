#!/bin/sh
# Reads the golden reports of tests/cases with other people's parsers: jq, xmllint, prove, sqlite3, cmark-gfm, and the
# regular expressions of Atlantis. Shows that every document is well-formed, that its numbers agree with what it holds, and
# that no name breaks out of its place. Usage: check_formats.sh [FOLDER]
set -u
cd "$(dirname "$0")/.." || exit 2
cases=${1:-tests/cases}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
checked=0
failed=0

# report FILE RESULT: count the file, and complain unless the check went well.
report() {
    checked=$((checked + 1))
    [ "$2" -eq 0 ] && return
    failed=$((failed + 1))
    echo "not ok - $1"
    [ -s "$work/why" ] && head -20 "$work/why"
}

# Control characters, and marks that turn the direction of text. JSON escapes them; the report for programs keeps the others.
is_harmless() {
    ! LC_ALL=C grep -qaP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xef\xbb\xbf' "$1"
}

check_json() {
    jq -es 'all(.[]; (.findings | type) == "array" and
        ([.findings[] | select(.standing == "open" and .verdict == "unknown")] | length) == .summary.unknown)' "$1"
}

check_sarif() {
    jq -e '.version == "2.1.0" and (.runs | length) >= 1 and (.runs | length) <= 20 and all(.runs[];
        . as $run
        | (.tool.driver.name == "tfcheck")
        and all(.tool.driver.rules[]; (.id | length) > 0 and (.shortDescription.text | length) > 0
            and (.shortDescription.text | length) <= 1024 and ((.fullDescription.text // "x") | length) <= 1024
            and (.properties["security-severity"] | tonumber) > 0)
        and all(.results[]; . as $result
            | $run.tool.driver.rules[.ruleIndex].id == .ruleId and (.message.text | length) > 0
            and (.level | IN("error", "warning", "note"))
            and (.locations | length) == 1
            and (.locations[0].physicalLocation | .region.startLine >= 1
                and (.artifactLocation.uri | test("^[A-Za-z0-9._~/%!$&()*+,;=@:'"'"'-]+$") and (test("^/") | not))))
        and ([.results[].partialFingerprints.primaryLocationLineHash] | length == (unique | length)))
        and ([.runs[].automationDetails.id] | length == (unique | length))' "$1"
}

check_gitlab() {
    jq -e 'type == "array" and ([.[].fingerprint] | length == (unique | length)) and all(.[];
        (.description | length) > 0 and (.check_name | length) > 0
        and (.severity | IN("info", "minor", "major", "critical", "blocker"))
        and (.location.path | length) > 0 and .location.lines.begin >= 1)' "$1"
}

check_junit() {
    xmllint --noout "$1" &&
        [ "$(xmllint --xpath 'count(//testcase) = /testsuites/@tests and count(//failure) = /testsuites/@failures and
            count(//error) = /testsuites/@errors and count(//skipped) = /testsuites/@skipped' "$1")" = true ] &&
        [ -z "$(xmllint --xpath '//testcase/@name | //testcase/@classname' "$1" 2>/dev/null | paste -d ' ' - - | sort | uniq -d)" ]
}

# prove complains of a plan that is not kept, of numbers out of order and of lines that it cannot read.
check_tap() {
    prove --exec cat "$1" >"$work/prove" 2>&1
    code=$?
    wanted=0
    grep '^not ok' "$1" | grep -qv ' # TODO ' && wanted=1
    cat "$work/prove"
    [ $code -eq $wanted ] && ! grep -qi 'parse error' "$work/prove"
}

check_csv() {
    rm -f "$work/db"
    sqlite3 "$work/db" '.mode csv' ".import $1 findings" \
        "SELECT count(*) FROM findings WHERE verdict NOT IN ('fail', 'unknown') OR rule = '' OR standing NOT IN ('open', 'waived', 'known');" \
        >"$work/count" 2>&1
    [ "$(cat "$work/count")" = 0 ]
}

# The only HTML is the report's own, and each row of a table has as many cells as its head.
check_markdown() {
    cmark-gfm -e table -t xml "$1" | sed 's/ xmlns="[^"]*"//; /<!DOCTYPE/d' >"$work/xml" &&
        [ "$(xmllint --xpath 'count(//table[table_row[count(table_cell) != count(../table_header/table_cell)]])' "$work/xml")" = 0 ] &&
        xmllint --xpath '//html_block | //html_inline | /document' "$work/xml" >/dev/null &&
        { xmllint --xpath '//html_block/text() | //html_inline/text()' "$work/xml" 2>/dev/null || :; } |
            sed 's/&lt;/</g; s/&gt;/>/g' | grep -v '^$' |
            awk '!/^<!-- tfcheck report -->$/ && !/^<details><summary>[^<>]*<\/summary>$/ && !/^<\/details>$/ { print; bad = 1 } END { exit bad }'
}

# The policy allows the page's own style and script and nothing else, and there is no other script, handler or link.
check_html() {
    xmllint --html --noout "$1" 2>&1 | grep -v -e 'Tag \(header\|main\|output\|section\|details\|summary\|svg\|g\|path\|rect\|text\) invalid' | grep ' error : ' && return 1
    for part in style script; do
        hash=$(perl -MDigest::SHA=sha256_base64 -0777 -ne "print sha256_base64(\$1) if m{<$part>(.*?)</$part>}s" "$1")=
        grep -qF "$part-src &#39;sha256-$hash&#39;" "$1" || { echo "the SHA-256 of <$part> is $hash"; return 1; }
    done
    [ "$(xmllint --html --xpath 'count(//script) = 1 and count(//style) = 1 and count(//*[@src or @style or @onclick or @onerror or @onload]) = 0
        and count(//link | //img | //iframe | //object) = 0 and count(//a[not(starts-with(@href, "#rule-") or starts-with(@href, "#block-"))]) = 0
        and count(//li[contains(@class, "finding")][not(.//p)]) = 0' "$1" 2>/dev/null)" = true ]
}

check_github() {
    awk '/^::/ && !/^::(error|warning|notice) file=[^:,]+,line=[0-9]+(,endLine=[0-9]+)?(,col=[0-9]+)?,title=[^:,]+::./ { print; bad = 1 }
        /^::/ { split($1, part, ":"); if (++count[part[3]] > 10) bad = 1 }
        !/^::/ && !/^(and [0-9]+ more of the kind |tfcheck: )/ { print; bad = 1 }
        END { exit bad }' "$1"
}

# Atlantis, server/core/runtime and server/events/models: the verdict and the summary are read from the text.
check_atlantis() {
    summary='\d+ tests?, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?(, \d skipped)?'
    [ "$(grep -cP "$summary" "$1")" = 1 ] && tail -1 "$1" | grep -qP "^$summary" || return 1
    fails=$(grep -c '^FAIL - ' "$1")
    tail -1 "$1" | grep -qP " $fails failures?," || return 1
    verdict=pass
    grep -qP '([1-9][0-9]* failure|failures": \[)' "$1" && verdict=fail
    head -1 "$1" | grep -q '^FAIL' && verdict=fail
    [ "$verdict" = "$([ "$fails" -gt 0 ] && echo fail || echo pass)" ] || return 1
    ! grep -q '```' "$1" && awk '/^FAIL/ && other { exit 1 } !/^FAIL/ { other = 1 }' "$1"
}

for format in json sarif gitlab junit tap csv markdown html github; do
    for file in "$cases"/*/expected."$format"; do
        [ -s "$file" ] || continue
        { [ "$format" = json ] || is_harmless "$file"; } >"$work/why" 2>&1 && "check_$format" "$file" >"$work/why" 2>&1
        report "$file" $?
    done
done
for file in "$cases"/atlantis-*/expected.stdout; do
    is_harmless "$file" && check_atlantis "$file" >"$work/why" 2>&1
    report "$file" $?
done
# Where there is a browser: the page's own script runs under its policy, has counted the findings, and no other has run.
if command -v chromium >/dev/null; then
    page=$PWD/$cases/hostile-failing/expected.html
    findings=$(grep -c '<li class="finding' "$page")
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update \
        --disable-sync --user-data-dir="$work/browser" --dump-dom "file://$page" >"$work/dom" 2>"$work/why"
    grep -q ">$findings of $findings shown</output>" "$work/dom"
    report "$page in a browser" $?
fi
echo "$checked reports read by other parsers, $failed failed"
[ $failed -eq 0 ] && [ $checked -gt 40 ]
