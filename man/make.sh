#!/bin/sh
# Prints the man page: man/tfcheck.1.in with the options and commands that PROGRAM --help names. Usage: make.sh PROGRAM
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" --help >"$work/help"
for part in options commands; do
    awk -v part=$part -f "$here/options.awk" "$work/help" >"$work/$part"
    [ -s "$work/$part" ]
done
sed -e "/^@OPTIONS@$/{r $work/options
d
}" -e "/^@COMMANDS@$/{r $work/commands
d
}" "$here/tfcheck.1.in"
