#!/bin/sh
# Runs the unit tests and the samples under valgrind; any error or leak fails.
# usage: run_valgrind.sh BUILD
set -eu
check() { valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite "$@" >/dev/null 2>"$log" || {
    code=$?
    [ $code -ne 9 ] || { cat "$log"; echo "not ok - $*"; exit 1; }
}; echo "ok - $*"; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for sample in samples/*/*.json; do check ./tfcheck "$sample"; done
for test in "$1"/unit/test_*; do
    case $test in *.d | *memory*) ;; *) check "$test" ;; esac
done
