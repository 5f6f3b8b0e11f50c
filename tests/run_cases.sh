#!/bin/sh
# Runs the golden cases of tests/cases: a folder each, with
#   args             arguments of tfcheck, one a line; @NAME is a file of the case's folder
#   input            standard input, if any (else standard input is empty)
#   exit             the exit code
#   expected.FORMAT  standard output with --format FORMAT, if any, for every format that `formats` below names
#   expected.stdout  standard output without --format, if any
#   expected.stderr  standard error, if it is not empty
# Compares byte for byte. With --bless it shows what differs and then replaces what was expected; a new case is blessed by
# making empty files of the kinds that it wants. Other arguments are names of cases; without any, all are run.
set -u
cd "$(dirname "$0")/.." || exit 2
program=${TFCHECK:-./tfcheck}
[ -x "$program" ] || { echo "run_cases.sh: there is no $program: run make first" >&2; exit 2; }
unset COLUMNS NO_COLOR GITHUB_STEP_SUMMARY
TFCHECK_HOME=$PWD
LC_ALL=C
SOURCE_DATE_EPOCH=1795608000 # 2026-11-25, the day on which waivers are looked at
export TFCHECK_HOME LC_ALL SOURCE_DATE_EPOCH

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

formats="text json sarif junit github gitlab markdown html tap csv"

bless=
[ "${1:-}" = --bless ] && { bless=yes; shift; }

# same EXPECTED GOT: whether the files are equal; shows how they differ, and replaces EXPECTED when blessing.
same() {
    diff -u "$1" "$2" && return 0
    [ -n "$bless" ] && cp "$2" "$1"
    return 1
}

# run_once FOLDER EXPECTED OPTION...: the options come behind the arguments; whether one run gives EXPECTED (/dev/null: nothing is compared), exit and stderr.
run_once() {
    folder=$1
    expected=$2
    shift 2
    options=$*
    set --
    if [ -f "$folder/args" ]; then
        while IFS= read -r word || [ -n "$word" ]; do
            case $word in
            @*) word=$folder/${word#@} ;;
            esac
            set -- "$@" "$word"
        done <"$folder/args"
    fi
    # shellcheck disable=SC2086 # options are words
    set -- "$@" $options
    input=/dev/null
    [ -f "$folder/input" ] && input=$folder/input
    "$program" "$@" <"$input" >"$work/out" 2>"$work/err"
    echo $? >"$work/exit"
    good=0
    if [ -f "$folder/exit" ]; then
        same "$folder/exit" "$work/exit" || good=1
    elif [ -n "$bless" ]; then
        cp "$work/exit" "$folder/exit"
        good=1
    else
        echo "$folder: there is no file exit"
        good=1
    fi
    [ "$expected" = /dev/null ] || same "$expected" "$work/out" || good=1
    if [ -f "$folder/expected.stderr" ]; then
        same "$folder/expected.stderr" "$work/err" || good=1
    elif [ -s "$work/err" ]; then
        diff -u /dev/null "$work/err"
        [ -n "$bless" ] && cp "$work/err" "$folder/expected.stderr"
        good=1
    fi
    return $good
}

run_case() {
    result=0
    runs=0
    for format in $formats; do
        [ -f "$1/expected.$format" ] || continue
        runs=$((runs + 1))
        run_once "$1" "$1/expected.$format" --format "$format" || result=1
    done
    if [ -f "$1/expected.stdout" ]; then
        runs=$((runs + 1))
        run_once "$1" "$1/expected.stdout" || result=1
    fi
    [ $runs -gt 0 ] || run_once "$1" /dev/null || result=1
    return $result
}

passed=0
failed=0
if [ $# -eq 0 ]; then
    for folder in tests/cases/*/; do
        name=$(basename "$folder")
        [ "$name" = policies ] || set -- "$@" "$name"
    done
fi
for name; do
    if [ ! -f "tests/cases/$name/args" ] && [ ! -f "tests/cases/$name/input" ]; then
        echo "tests/cases/$name has neither args nor input"
        failed=$((failed + 1))
        echo "not ok - $name"
    elif run_case "tests/cases/$name"; then
        passed=$((passed + 1))
        echo "ok - $name"
    else
        failed=$((failed + 1))
        echo "not ok - $name"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
