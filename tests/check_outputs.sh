#!/bin/sh
# What becomes of the files that a run writes: --output, the job summary of GitHub, and their exit codes.
set -u
cd "$(dirname "$0")/.." || exit 2
program=${TFCHECK:-./tfcheck}
[ -x "$program" ] || { echo "check_outputs.sh: there is no $program: run make first" >&2; exit 2; }
unset COLUMNS NO_COLOR GITHUB_STEP_SUMMARY
TFCHECK_HOME=$PWD
LC_ALL=C
SOURCE_DATE_EPOCH=1795608000
export TFCHECK_HOME LC_ALL SOURCE_DATE_EPOCH
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
here=$PWD
plan=samples/update-replace/plan.json
passed=0
failed=0

# check SENTENCE COMMAND...: the sentence is true when the command succeeds.
check() {
    sentence=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok - $sentence"
    else
        failed=$((failed + 1))
        echo "not ok - $sentence"
    fi
}

several_outputs_equal_their_formats() {
    "$program" --output "sarif=$work/a.sarif" --output "junit=$work/a.xml" --output="gitlab=$work/a.json" $plan >"$work/text"
    [ $? -eq 1 ] || return 1
    "$program" $plan | cmp -s - "$work/text" || return 1
    "$program" --format sarif $plan | cmp -s - "$work/a.sarif" || return 1
    "$program" --format junit $plan | cmp -s - "$work/a.xml" || return 1
    "$program" --format gitlab $plan | cmp -s - "$work/a.json"
}

what_cannot_be_written_is_left_as_it_was() {
    mkdir "$work/closed" && echo before >"$work/full" || return 1
    "$program" --fail-on never --output "json=$work/no-such-folder/x" $plan >/dev/null 2>"$work/error"
    [ $? -eq 2 ] && grep -q 'no-such-folder/x: No such file' "$work/error" || return 1
    (ulimit -f 1 2>/dev/null; trap '' XFSZ; "$program" --fail-on never --output "json=$work/full" $plan >/dev/null 2>&1)
    [ "$(cat "$work/full")" = before ] && [ "$(find "$work" -name 'full.*')" = "" ]
}

a_report_is_as_readable_as_other_files() {
    (umask 022; "$program" --fail-on never --output "json=$work/mode" $plan >/dev/null)
    [ "$(stat -c %a "$work/mode")" = 644 ]
}

the_job_summary_of_github_is_appended() {
    echo earlier >"$work/summary"
    GITHUB_STEP_SUMMARY=$work/summary "$program" --fail-on never --format github $plan >/dev/null || return 1
    head -1 "$work/summary" | grep -q '^earlier$' || return 1
    sed 1d "$work/summary" >"$work/rest"
    "$program" --fail-on never --format markdown $plan | cmp -s - "$work/rest"
}

other_formats_leave_the_job_summary_alone() {
    : >"$work/alone"
    GITHUB_STEP_SUMMARY=$work/alone "$program" --fail-on never --format text $plan >/dev/null
    [ ! -s "$work/alone" ]
}

markdown_keeps_its_limit() {
    for limit in 1000 1500 2500 4000 8000; do
        "$program" --format markdown --max-bytes $limit samples/serverless-faulty/plan.json >"$work/md"
        [ $? -eq 1 ] || return 1
        [ "$(wc -c <"$work/md")" -le $limit ] || return 1
        [ $(($(grep -c '^```' "$work/md") % 2)) -eq 0 ] || return 1
        [ "$(grep -c '^<details>' "$work/md")" -eq "$(grep -c '^</details>' "$work/md")" ] || return 1
        head -2 "$work/md" | grep -q '^## tfcheck: failed' || return 1
    done
}

the_working_directory_stands_before_paths() {
    (cd samples/update-replace && "$here/tfcheck" --fail-on never --format gitlab plan.json) |
        jq -e 'any(.[]; .location.path == "samples/update-replace/main.tf") and all(.[]; .location.path | startswith("samples/update-replace/"))' >/dev/null
}

a_configuration_holds_in_the_folders_below() {
    mkdir -p "$work/repository/.git" "$work/repository/stacks/a" || return 1
    printf 'builtin: false\npacks: [rules]\nfail_on: never\n' >"$work/repository/.tfcheck.yaml"
    cp -R tests/cases/policies "$work/repository/rules"
    cp tests/cases/review/new.json "$work/repository/stacks/a/plan.json"
    (cd "$work/repository/stacks/a" && "$here/tfcheck" plan.json) >"$work/found" || return 1
    grep -q named-queue "$work/found" || return 1
    (cd "$work/repository/stacks/a" && "$here/tfcheck" config) | grep -q '^fail_on  *never  *../../.tfcheck.yaml:3$'
}

a_configuration_outside_the_repository_does_not_hold() {
    mkdir -p "$work/repository/other/.git" || return 1
    (cd "$work/repository/other" && "$here/tfcheck" config) | grep -q '^There is no .tfcheck.yaml'
}

a_written_baseline_excuses_what_it_holds() {
    "$program" --no-config --write-baseline "$work/base.json" $plan >/dev/null || return 1
    "$program" --no-config --baseline "$work/base.json" --fail-on info $plan >/dev/null || return 1
    "$program" --no-config --format json $plan >"$work/report.json"
    "$program" --no-config --baseline "$work/report.json" --fail-on info $plan >/dev/null
}

no_baseline_is_written_of_what_could_not_be_checked() {
    "$program" --write-baseline "$work/none.json" $plan no-such-file.json >/dev/null 2>&1
    [ $? -eq 2 ] && [ ! -e "$work/none.json" ]
}

a_waiver_ends_with_its_day() {
    printf -- 'waivers:\n  - { rule: "*", address: "*", reason: x, expires: 2026-11-25 }\n' >"$work/day.yaml"
    SOURCE_DATE_EPOCH=1795651199 "$program" --config "$work/day.yaml" $plan >/dev/null 2>&1 || return 1
    SOURCE_DATE_EPOCH=1795651200 "$program" --config "$work/day.yaml" $plan >/dev/null 2>&1
    [ $? -eq 1 ]
}

# On a terminal of its own; script keeps what was written.
on_a_terminal() {
    script -qec "$1" /dev/null </dev/null 2>&1
}

a_long_run_says_on_a_terminal_how_far_it_is() {
    command="{ head -c 70000 $plan; sleep 1.1; tail -c +70001 $plan; } | $program --fail-on never --no-config -"
    on_a_terminal "$command >$work/slow" | tr '\r' '\n' >"$work/progress"
    grep -q 'tfcheck: standard input: .* MB read' "$work/progress" || return 1
    "$program" --fail-on never --no-config - <$plan | cmp -s - "$work/slow"
}

a_quick_run_says_nothing() {
    [ -z "$(on_a_terminal "$program --fail-on never --no-config $plan >/dev/null")" ]
}

no_format_changes_what_is_found() {
    for file in samples/*/plan.json tests/plans/*.json; do
        "$program" --no-config --format json "$file" >"$work/alone" 2>/dev/null
        "$program" --no-config --format json --output "html=$work/page" --output "sarif=$work/sarif" "$file" 2>/dev/null |
            cmp -s - "$work/alone" || { echo "$file"; return 1; }
    done
}

sarif_has_twenty_runs_at_most() {
    for number in $(seq 23); do cp tests/cases/review/new.json "$work/many$number.json"; done
    "$program" --no-config --no-builtin --policy tests/cases/policies --only named-queue --fail-on never --format sarif \
        "$work"/many*.json >"$work/many.sarif" || return 1
    jq -e '(.runs | length) == 20 and ([.runs[].results[]] | length) == 23 * 5 and
        ([.runs[].automationDetails.id] | unique | length) == 20' "$work/many.sarif" >/dev/null
}

check "several outputs of one run equal what --format prints" several_outputs_equal_their_formats
check "what cannot be written is left as it was, with exit code 2" what_cannot_be_written_is_left_as_it_was
check "a report is as readable as the umask allows" a_report_is_as_readable_as_other_files
check "the job summary of GitHub is appended" the_job_summary_of_github_is_appended
check "other formats leave the job summary alone" other_formats_leave_the_job_summary_alone
check "Markdown keeps its limit and ends every fence and fold" markdown_keeps_its_limit
[ ! -e .git ] || check "paths are those of the repository" the_working_directory_stands_before_paths
check "no format changes what is found" no_format_changes_what_is_found
check "SARIF has twenty runs at most, and every result" sarif_has_twenty_runs_at_most
check "a configuration holds in the folders below" a_configuration_holds_in_the_folders_below
check "a configuration outside the repository does not hold" a_configuration_outside_the_repository_does_not_hold
check "a written baseline, or a JSON report, excuses what it holds" a_written_baseline_excuses_what_it_holds
check "no baseline is written of what could not be checked" no_baseline_is_written_of_what_could_not_be_checked
check "a waiver ends with its day" a_waiver_ends_with_its_day
check "a long run says on a terminal how far it is" a_long_run_says_on_a_terminal_how_far_it_is
check "a quick run says nothing" a_quick_run_says_nothing
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
