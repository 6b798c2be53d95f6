#!/bin/sh
# The macOS program and its disk image: a recipe that was not tried on macOS. At the project's root, with uv and
# Homebrew's libvoikko. SIGN is the name of a "Developer ID Application" certificate; without it the program opens only
# by the context menu's Open.
set -eu
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
uv venv --python 3.11
uv pip install --require-hashes -r requirements.lock
uv pip install --require-hashes -r requirements-dev.lock
uv pip install --no-deps --no-build-isolation -e .
uv run --no-sync pybabel compile -d resources/i18n -D havainto
uv run --no-sync pyinstaller --noconfirm --distpath build/installer --workpath build/pyinstaller installer/havainto.spec
PROGRAM=build/installer/Havainto.app
if VOIKKO=$(brew --prefix libvoikko 2>/dev/null); then
  mkdir -p "$PROGRAM/Contents/MacOS/spelling"
  cp "$VOIKKO/lib/libvoikko.1.dylib" "$PROGRAM/Contents/MacOS/spelling/"
  cp -R "$VOIKKO/lib/voikko/5" "$PROGRAM/Contents/MacOS/spelling/5"
  cp "$VOIKKO/COPYING" "$PROGRAM/Contents/MacOS/spelling/LICENCE-libvoikko.txt"
fi
codesign --force --deep --options runtime --entitlements installer/macos.plist --sign "${SIGN:--}" "$PROGRAM"
"$PROGRAM/Contents/MacOS/Havainto" self-test
hdiutil create -volname Havainto -srcfolder "$PROGRAM" -ov -format UDZO "build/installer/havainto-$VERSION.dmg"
