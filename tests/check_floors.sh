#!/bin/sh
# Checks how the house in checker/ is built: includes go down only, rooms on one floor do not see each other, each library
# has one user, only cli/ prints and exits, and no file is too long. Prints every line that breaks this and exits 1.
# Usage: check_floors.sh [FOLDER]
set -u
cd "$(dirname "$0")/.." || exit 2
house=${1:-checker}
files=$(find "$house" -name '*.[ch]' | sort)
[ -n "$files" ] || { echo "check_floors.sh: there is nothing in $house" >&2; exit 2; }

# shellcheck disable=SC2086 # names of source files have no spaces
LC_ALL=C awk -v house="$house" '
function complain(what) {
    print FILENAME ":" FNR ": " what
    breaks++
}

# The room of a path behind the house, or "".
function room_of(path) {
    return index(path, "/") > 0 ? substr(path, 1, index(path, "/") - 1) : ""
}

# The file that came to its end was too long.
function check_length() {
    most = last ~ /\.h$/ ? 120 : 600
    if (last != "" && lines > most) {
        print last ": " lines " lines; " most " are allowed"
        breaks++
    }
}

BEGIN {
    floor["base"] = 0
    floor["json"] = floor["yaml"] = floor["match"] = floor["hcl"] = 1
    floor["plan"] = floor["findings"] = 2
    floor["schema"] = floor["source"] = floor["wiring"] = 3
    floor["rules"] = floor["report"] = 4
    floor["cli"] = 5
    user["yajl"] = "json"
    user["yaml.h"] = "yaml"
    user["pcre2.h"] = "match"
}

FNR == 1 {
    check_length()
    last = FILENAME
    room = room_of(substr(FILENAME, length(house) + 2))
    if (!(room in floor))
        complain("the room \"" room "\" stands on no floor")
}

{ lines = FNR }

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, parts, "\"")
    other = room_of(parts[2])
    if (other == "" || !(other in floor))
        complain("\"" parts[2] "\" is in no room")
    else if (other != room && floor[other] == floor[room])
        complain("\"" parts[2] "\" is on the same floor as " room "/")
    else if (floor[other] > floor[room])
        complain("\"" parts[2] "\" is on a higher floor than " room "/")
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    for (library in user)
        if (room != user[library] && $0 ~ "<" library "[/>.]?")
            complain("only " user[library] "/ includes <" library ">")
}

room != "cli" && /(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|$)/ {
    complain("only cli/ prints")
}

room != "cli" && /(^|[^A-Za-z0-9_])(printf|vprintf|puts|putchar|perror)[ \t]*\(/ {
    complain("only cli/ prints")
}

room != "cli" && /(^|[^A-Za-z0-9_])(exit|_exit|_Exit|quick_exit)[ \t]*\(/ {
    complain("only cli/ exits")
}

END {
    check_length()
    if (breaks > 0)
        print breaks (breaks == 1 ? " break" : " breaks")
    exit breaks > 0
}
' $files
