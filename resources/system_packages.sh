#!/bin/sh
# Installs the named Debian packages that are missing. Anything else than Debian as root gets a sentence and goes on.
missing=""
command -v dpkg-query >/dev/null 2>&1 || exit 0
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" \
    || dpkg-query -W -f '${Status}' "${package}t64" 2>/dev/null | grep -q "install ok installed" \
    || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y $missing >/dev/null && exit 0
  echo "These system packages could not be installed:$missing" >&2; exit 1
fi
echo "Ask an administrator to install:$missing" >&2
