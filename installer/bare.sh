#!/bin/sh
# The package in a Debian that has nothing else (debootstrap's minimum), by its own self-test, as a plain user and
# without a network. As root; some minutes.
set -eu
# what is mounted here is seen by this script alone and goes with it, however it ends: of one that was broken off the
# computer's own /dev would stay in the folder that the next one, or `make clean`, removes
[ -n "${HAVAINTO_APART:-}" ] || HAVAINTO_APART=1 exec unshare --mount --propagation private sh "$0" "$@"
DEB=$(ls build/installer/havainto_*.deb)
PLACE="$(pwd)/build/bare"
sh resources/system_packages.sh debootstrap
MIRROR=$(sed -n 's/^URIs: *//p;s/^deb \(\[.*\] \)*\(http[^ ]*\) .* main.*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null | grep -m1 -v security)
rm -rf --one-file-system "$PLACE"
debootstrap --variant=minbase "${1:-bookworm}" "$PLACE" "$MIRROR" >/dev/null
cp "$DEB" "$PLACE/tmp/havainto.deb"
cp /etc/resolv.conf "$PLACE/etc/resolv.conf"
[ -f /etc/apt/apt.conf ] && cp /etc/apt/apt.conf "$PLACE/etc/apt/apt.conf"
cp -n /etc/apt/apt.conf.d/*proxy* "$PLACE/etc/apt/apt.conf.d/" 2>/dev/null || true
mount -t proc proc "$PLACE/proc"
mount --bind /dev "$PLACE/dev"
chroot "$PLACE" sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y /tmp/havainto.deb >/dev/null'
chroot "$PLACE" useradd -m user
# in a network of its own, which has nothing; once without a screen, once with one
unshare -n chroot "$PLACE" su user -c 'cd && havainto self-test'
chroot "$PLACE" sh -c 'DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y xvfb xauth >/dev/null'
unshare -n chroot "$PLACE" su user -c 'cd && xvfb-run -a havainto self-test'
