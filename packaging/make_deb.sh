#!/bin/sh
# Makes a Debian package of what `make install` installs. Usage: make_deb.sh VERSION BUILD
set -eu
cd "$(dirname "$0")/.."
version=$1
build=$2
architecture=$(dpkg --print-architecture)
tree=$build/deb/tree
rm -rf "$build/deb"
mkdir -p "$tree/DEBIAN"
# The program finds its policies beside itself, whatever its prefix was when it was built.
make --no-print-directory BUILD="$build" DESTDIR="$PWD/$tree" PREFIX=/usr install >/dev/null
strip --strip-unneeded "$tree/usr/bin/tfcheck"
gzip -9n "$tree/usr/share/man/man1/tfcheck.1"
mv "$tree/usr/share/doc/tfcheck/LICENSE" "$tree/usr/share/doc/tfcheck/copyright"
mkdir -p "$tree/usr/share/zsh/vendor-completions"
mv "$tree/usr/share/zsh/site-functions/_tfcheck" "$tree/usr/share/zsh/vendor-completions/"
rmdir "$tree/usr/share/zsh/site-functions"
size=$(du -sk "$tree" | cut -f 1)
cat >"$tree/DEBIAN/control" <<CONTROL
Package: tfcheck
Version: $version
Architecture: $architecture
Maintainer: tfcheck <tfcheck@localhost>
Installed-Size: $size
Depends: libc6 (>= 2.34), libyajl2, libyaml-0-2, libpcre2-8-0
Section: admin
Priority: optional
Description: check a Terraform plan before apply
 Reads the output of terraform show -json and says what AWS would reject, what
 would page its owner later, and what breaks naming rules.
CONTROL
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f ! -path "$tree/usr/bin/*" -exec chmod 644 {} +
dpkg-deb --build --root-owner-group "$tree" "$build/tfcheck_${version}_$architecture.deb" >/dev/null
echo "$build/tfcheck_${version}_$architecture.deb"
