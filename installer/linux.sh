#!/bin/sh
# build/installer/havainto, a folder that runs by itself, and a Debian package of it.
set -eu
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
ARCH=$(dpkg --print-architecture)
OUT=build/installer
sh installer/finnish.sh
.venv/bin/pyinstaller --noconfirm --log-level WARN --distpath "$OUT" --workpath build/pyinstaller installer/havainto.spec
cp -r build/spelling "$OUT/havainto/spelling"
.venv/bin/python installer/licences.py build/pyinstaller/havainto "$OUT/havainto/licences"

DEB=build/deb
rm -rf "$DEB"
mkdir -p "$DEB/DEBIAN" "$DEB/opt" "$DEB/usr/bin" "$DEB/usr/share/applications" "$DEB/usr/share/icons/hicolor/scalable/apps"
cp -r "$OUT/havainto" "$DEB/opt/havainto"
ln -s /opt/havainto/havainto "$DEB/usr/bin/havainto"
cp installer/havainto.desktop "$DEB/usr/share/applications/"
cp installer/havainto.svg "$DEB/usr/share/icons/hicolor/scalable/apps/"
# what PyInstaller leaves to the system: the C library, graphics drivers, sound, the desktop's bus
cat > "$DEB/DEBIAN/control" <<CONTROL
Package: havainto
Version: $VERSION
Architecture: $ARCH
Maintainer: Havainto <havainto@localhost>
Section: misc
Priority: optional
Installed-Size: $(du -sk "$DEB/opt" | cut -f1)
Depends: libc6 (>= $(getconf GNU_LIBC_VERSION | cut -d' ' -f2)), libstdc++6, libegl1, libgl1, libopengl0, libfontconfig1, libdbus-1-3, libpulse0, libasound2 | libasound2t64, libx11-xcb1, libnss3
Description: from the camera to the signed statement
 Interaction observation for pairs of family therapists and social workers.
 Everything stays in one encrypted archive on their own computer.
CONTROL
chmod -R u=rwX,go=rX "$DEB"
dpkg-deb --root-owner-group -Zzstd -z12 --threads-max=2 --build "$DEB" "$OUT/havainto_${VERSION}_${ARCH}.deb" >/dev/null
rm -rf "$DEB"
du -sh "$OUT/havainto" "$OUT/havainto_${VERSION}_${ARCH}.deb"
