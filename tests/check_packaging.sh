#!/bin/sh
# What people install: the man page, the completions, the pages of rules, and what `make install` and `make deb` put where.
# Usage: check_packaging.sh BUILD
set -u
cd "$(dirname "$0")/.." || exit 2
build=${1:-build}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset TFCHECK_HOME COLUMNS NO_COLOR MAKEFLAGS
LC_ALL=C
export LC_ALL
passed=0
failed=0

# check SENTENCE COMMAND...: the sentence is true when the command succeeds.
check() {
    sentence=$1
    shift
    if "$@" >"$work/why" 2>&1; then
        passed=$((passed + 1))
        echo "ok - $sentence"
    else
        failed=$((failed + 1))
        echo "not ok - $sentence"
        head -5 "$work/why"
    fi
}

# The options and commands that --help names.
./tfcheck --help >"$work/help"
sed -n 's/^  \(-.*\)/\1/p; s/^.*; \(--no-[a-z-]* .*\)/\1/p' "$work/help" | grep -o -e '^-[A-Za-z-]*' -e ', --*[A-Za-z-]*' |
    tr -d ', ' | sort -u >"$work/options"
sed -n '/^Commands/,$s/^  \([a-z-]*\) .*/\1/p' "$work/help" | sort -u >"$work/commands"

every_word_stands_in() {
    while read -r word; do
        grep -qF -e "$word" "$1" || { echo "$1 lacks $word"; return 1; }
    done
}

help_names_options_and_commands() {
    [ "$(wc -l <"$work/options")" -gt 25 ] && [ "$(wc -l <"$work/commands")" -gt 8 ]
}

the_man_page_is_complete_and_clean() {
    make --no-print-directory "$build/tfcheck.1" >/dev/null && [ -z "$(mandoc -T lint "$build/tfcheck.1")" ] || {
        mandoc -T lint "$build/tfcheck.1"
        return 1
    }
    mandoc -T ascii "$build/tfcheck.1" | sed 's/.\x08//g' >"$work/page"
    cat "$work/options" "$work/commands" | every_word_stands_in "$work/page"
}

completions_are_complete() {
    for shell in bash zsh fish; do
        ./tfcheck completions $shell >"$work/$shell" || return 1
        every_word_stands_in "$work/$shell" <"$work/commands" || return 1
        command -v $shell >/dev/null && { $shell -n "$work/$shell" || return 1; }
    done
    every_word_stands_in "$work/bash" <"$work/options" && every_word_stands_in "$work/zsh" <"$work/options" &&
        sed 's/^--*//' "$work/options" | every_word_stands_in "$work/fish"
}

bash_completes() {
    # shellcheck disable=SC2016 # for bash
    bash -c 'PATH=$PWD:$PATH; . "$1"
        COMP_WORDS=(tfcheck --severity m); COMP_CWORD=2; _tfcheck; [ "${COMPREPLY[*]}" = medium ] || exit 1
        COMP_WORDS=(tfcheck --output sa); _tfcheck; [ "${COMPREPLY[*]}" = sarif= ] || exit 1
        COMP_WORDS=(tfcheck explain dynamodb-pi); _tfcheck; [ "${COMPREPLY[*]}" = dynamodb-pitr ] || exit 1
        COMP_WORDS=(tfcheck rev); COMP_CWORD=1; _tfcheck; [ "${COMPREPLY[*]}" = review ]' bash "$work/bash"
}

every_rule_has_a_page() {
    ./tfcheck docs --no-config "$work/docs" || return 1
    ./tfcheck rules | awk 'NF > 2 && $1 ~ /^(error|high|medium|low|info)$/ { print $2 }' >"$work/rules"
    [ -s "$work/rules" ] || return 1
    while read -r rule; do
        [ -s "$work/docs/$rule.md" ] && grep -q "($rule.md)" "$work/docs/README.md" || { echo "$rule"; return 1; }
    done <"$work/rules"
}

pages_are_markdown_without_html() {
    for page in "$work"/docs/*.md; do
        cmark-gfm -e table -t xml "$page" >"$work/xml" || return 1
        ! grep -q -e '<html_' "$work/xml" || { echo "$page"; return 1; }
        head -1 "$page" | grep -q '^# ' || return 1
    done
}

an_installed_program_finds_its_rules() {
    make --no-print-directory BUILD="$build" DESTDIR="$work/root" PREFIX=/opt/tfcheck install >/dev/null || return 1
    (cd / && "$work/root/opt/tfcheck/bin/tfcheck" rules --no-config) | grep -q dynamodb-pitr || return 1
    for file in share/man/man1/tfcheck.1 share/bash-completion/completions/tfcheck share/zsh/site-functions/_tfcheck \
        share/fish/vendor_completions.d/tfcheck.fish share/doc/tfcheck/rules/README.md share/tfcheck/schemas/config.schema.json; do
        [ -s "$work/root/opt/tfcheck/$file" ] || { echo "$file"; return 1; }
    done
}

a_debian_package_holds_what_it_needs() {
    package=$(sh packaging/make_deb.sh 0.0.1 "$build") || return 1
    dpkg-deb -x "$package" "$work/deb" && dpkg-deb -f "$package" Depends | grep -q libyajl2 || return 1
    (cd / && "$work/deb/usr/bin/tfcheck" "$OLDPWD/samples/serverless-clean/plan.json") | grep -q 'checks passed' || return 1
    [ -z "$(find "$work/deb" -type f -perm /022)" ] && [ -s "$work/deb/usr/share/man/man1/tfcheck.1.gz" ]
}

check "--help names options and commands" help_names_options_and_commands
check "the man page is complete and mandoc has no complaint" the_man_page_is_complete_and_clean
check "completions of bash, zsh and fish are complete" completions_are_complete
check "bash completes severities, formats, rules and commands" bash_completes
check "every rule has a page, and stands in the index" every_rule_has_a_page
check "the pages are Markdown without HTML" pages_are_markdown_without_html
check "an installed program finds its rules" an_installed_program_finds_its_rules
check "a Debian package holds what it needs" a_debian_package_holds_what_it_needs
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
