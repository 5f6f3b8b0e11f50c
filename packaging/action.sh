#!/bin/sh
# What the GitHub action runs: PROGRAM with the options that the action's inputs stand for. Usage: action.sh PROGRAM
set -eu
program=$1
set -- --format github
[ -z "${TFCHECK_FAIL_ON:-}" ] || set -- "$@" --fail-on "$TFCHECK_FAIL_ON"
[ -z "${TFCHECK_SARIF:-}" ] || set -- "$@" --output "sarif=$TFCHECK_SARIF"
[ -z "${TFCHECK_MARKDOWN:-}" ] || set -- "$@" --output "markdown=$TFCHECK_MARKDOWN"
[ -z "${TFCHECK_HTML:-}" ] || set -- "$@" --output "html=$TFCHECK_HTML"
set -f # names are words, not patterns
# shellcheck disable=SC2086 # inputs are divided by spaces
exec "$program" "$@" ${TFCHECK_ARGUMENTS:-} -- ${TFCHECK_PLAN:?no plan is named}
