#!/bin/sh
# The program's own Finnish: libvoikko, built without what it would drag in, and its dictionary, into build/spelling.
# Debian and its kin; what it takes is pinned by checksum. macOS and Windows: see macos.sh and windows.ps1.
set -eu
OUT="$(pwd)/build/spelling"
SOURCE=368240d4cfa472c2e2c43dc04b63e6464a3e6d282045848f420d0f7a6eb09a13
WORDS=423e56addc267309cf958345313135bf99936656bb9e40bcd76ec773331e876e
[ -f "$OUT/libvoikko.so.1" ] && [ -f "$OUT/5/mor-standard/mor.vfst" ] && exit 0
sh resources/system_packages.sh g++ make dpkg-dev
WORK="$(pwd)/build/voikko"
rm -rf "$WORK" "$OUT"
mkdir -p "$WORK/lists/partial" "$OUT"
cd "$WORK"
sed -n 's/^URIs: *//p;s/^deb \(\[.*\] \)*\(http[^ ]*\) .* main.*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null \
  | grep -m1 -v security > mirror
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(cat mirror) bookworm main" > source.list
APART="-o Dir::Etc::sourcelist=$WORK/source.list -o Dir::Etc::sourceparts=/dev/null -o Dir::State::Lists=$WORK/lists -o APT::Sandbox::User=root"
apt-get -qq $APART update
apt-get -qq $APART source --download-only libvoikko=4.3.1-1
apt-get -qq -o APT::Sandbox::User=root download voikko-fi=2.5-1
echo "$SOURCE  libvoikko_4.3.1.orig.tar.gz" | sha256sum -c --quiet
echo "$WORDS  voikko-fi_2.5-1_amd64.deb" | sha256sum -c --quiet
tar xzf libvoikko_4.3.1.orig.tar.gz
cd libvoikko-4.3.1
./configure --quiet --disable-hfst --disable-static --disable-buildtools --disable-testtools --disable-expvfst CXXFLAGS=-O2 >/dev/null
make -s -j2 >/dev/null
cp -L src/.libs/libvoikko.so.1 "$OUT/libvoikko.so.1"
strip --strip-unneeded "$OUT/libvoikko.so.1"
cp COPYING "$OUT/LICENCE-libvoikko.txt"
cd "$WORK"
dpkg-deb -x voikko-fi_2.5-1_amd64.deb words
cp -r words/usr/lib/voikko/5 "$OUT/5"
cp words/usr/share/doc/voikko-fi/copyright "$OUT/LICENCE-voikko-fi.txt"
