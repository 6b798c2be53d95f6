#!/bin/sh
# pytest-xdist 3.8.0 under pytest 9.2.0 (PyPI).
#
# Most would guess: with `--dist loadgroup`, tests of one `xdist_group` run on one worker, or something is said.
# Seen: the groups do nothing and nothing is said. The worker writes a test's group into `Node._nodeid`, and this pytest
# reads a node's id from `Node._id`: tests of one group come to both workers, each of which makes what the group shares.
# What follows: `--dist loadfile`, whose scope is read from the id as it is, and a test that tells when a file's tests are
# not on one worker (tests/test_the_run.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pytest==9.2.0 pytest-xdist==3.8.0
cd "$folder"
cat > test_group.py <<'PY'
import os

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(12))
def test_of_a_group(number):
    with open("workers.txt", "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\n")
PY
workers() {
  rm -f workers.txt
  env/bin/python -m pytest -q -p no:cacheprovider -n 2 --dist "$1" test_group.py > /dev/null
  sort -u workers.txt | wc -l
}
groups=$(workers loadgroup)
files=$(workers loadfile)
echo "a group ran on $groups workers, a file on $files"
[ "$groups" -eq 2 ] && [ "$files" -eq 1 ]
