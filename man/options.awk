# Makes the mdoc list of options, or of commands, out of `tfcheck --help`. part is "options" or "commands".
function finish() {
    if (name != "") {
        print ".It Sy " name
        print text
    }
    name = text = ""
}

# Hyphens of options are minus signs; a dot or an apostrophe at the beginning would be a command of roff.
function roff(line) {
    gsub(/\\/, "\\e", line)
    gsub(/-/, "\\-", line)
    sub(/^[.']/, "\\\\\\&&", line)
    return line
}

/^[A-Z]/ { finish(); section = $0 }

{ wanted = part == "commands" ? section == "Commands" : section ~ /^What is/ }

/^  [^ ]/ && (wanted || (part == "options" && /^  -[hV]/)) {
    finish()
    line = substr($0, 3)
    if (match(line, /  +/) == 0)
        next
    name = roff(substr(line, 1, RSTART - 1))
    text = roff(substr(line, RSTART + RLENGTH))
    next
}

/^          / && wanted && name != "" {
    line = $0
    sub(/^ +/, "", line)
    text = text "\n" roff(line)
}

END { finish() }
