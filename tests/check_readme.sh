#!/bin/sh
# Runs the commands that README.md shows and compares what they print. In a fenced block marked console, a line that begins
# with "$ " is a command and the lines up to the next one, or to the end of the block, are its output, exactly. In a block
# marked sh, lines that begin with ./tfcheck, or with "$ ./tfcheck", are commands of which only the exit code counts: not 2
# and not 3. In console blocks only commands that begin with ./tfcheck are run, also behind a pipe or variables.
# Usage: check_readme.sh [FILE]
set -u
cd "$(dirname "$0")/.." || exit 2
file=${1:-README.md}
[ -f "$file" ] || { echo "check_readme.sh: there is no $file" >&2; exit 2; }
[ -x ./tfcheck ] || { echo "check_readme.sh: there is no ./tfcheck: run make first" >&2; exit 2; }
unset COLUMNS NO_COLOR TFCHECK_HOME
LC_ALL=C
export LC_ALL

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# Take the file apart: NUMBER.command, NUMBER.wanted (console blocks only) and NUMBER.line.
awk -v work="$work" '
function finish() {
    if (number > 0)
        close(work "/" name ".wanted")
    open = 0
}

function start(command) {
    finish()
    number++
    name = sprintf("%04d", number)
    print command >(work "/" name ".command")
    close(work "/" name ".command")
    print FNR >(work "/" name ".line")
    close(work "/" name ".line")
}

/^[ \t]*(```|~~~)/ {
    finish()
    if (block != "") {
        block = ""
    } else {
        block = $0
        gsub(/^[ \t]*[`~]+[ \t]*|[ \t].*$/, "", block)
        if (block == "")
            block = "none"
    }
    next
}

block == "console" && /^\$ / {
    start(substr($0, 3))
    open = 1
    printf "" >(work "/" name ".wanted")
    next
}

block == "console" && open { print >(work "/" name ".wanted") }

block == "sh" && /^(\$ )?\.\/tfcheck( |$)/ {
    sub(/^\$ /, "")
    start($0)
}
' "$file"

run=0
failed=0
for command in "$work"/*.command; do
    [ -f "$command" ] || break
    case $(cat "$command") in
    *./tfcheck*) ;;
    *) continue ;;
    esac
    base=${command%.command}
    run=$((run + 1))
    sh "$command" </dev/null >"$work/got" 2>&1
    code=$?
    if [ -f "$base.wanted" ]; then
        diff -u "$base.wanted" "$work/got" >"$work/diff" && continue
        cat "$work/diff"
    elif [ $code -lt 2 ]; then
        continue
    else
        cat "$work/got"
    fi
    failed=$((failed + 1))
    echo "$file:$(cat "$base.line"): $(cat "$command"): is not as it is written"
done
echo "$run commands, $failed failed"
[ $failed -eq 0 ] && [ $run -gt 0 ]
