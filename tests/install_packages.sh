#!/bin/sh
# Installs the Debian packages that the build and the tests need, when one is missing.
set -eu
packages="gcc clang libclang-rt-14-dev pkg-config libyajl-dev libpcre2-dev libyaml-dev libcmocka-dev jq libxml2-utils cmark-gfm sqlite3 perl mandoc python3-jsonschema python3-yaml"
missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing$missing"
as_root=""
[ "$(id -u)" -eq 0 ] || as_root=sudo
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
