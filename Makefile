# What a new machine needs is in here: `make run` and `make test` do all set-up themselves.
# Debian 12 or newer with python3.11, pip, git and make; README.md tells the same for Windows and macOS.

PYTHON ?= python3
WORKERS ?= 2
BIN    := .venv/bin
APT    := libglib2.0-0 libegl1 libgl1 libopengl0 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libpulse0 libnss3 libasound2 \
          libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
          libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1
APT_TEST := xvfb xauth dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0 default-jre-headless poppler-utils softhsm2 gcc libc6-dev
PO     := $(wildcard resources/i18n/*/LC_MESSAGES/havainto.po)

.PHONY: run test check bench soak environment tools texts manual-pictures locks third-party sbom installer bare system-packages test-packages clean

run: environment system-packages
	@$(BIN)/havainto

# what a user has: the program, what it stands on, and setuptools, which lays it there
environment: .venv/.ready $(PO:.po=.mo)

# a developer's environment: a user's, with the tools on top
tools: environment .venv/.tools

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import ensurepip" 2>/dev/null || sh resources/system_packages.sh python3-venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.tools: requirements-dev.lock .venv/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po .venv/.ready
	@$(BIN)/pybabel -q compile -i $< -o $@

# installs only what is missing, and only on Debian's family as root; elsewhere it says what to ask for
system-packages:
	@sh resources/system_packages.sh $(APT)

test-packages: system-packages
	@sh resources/system_packages.sh $(APT_TEST)

# a module's tests stay on one worker (by file: xdist 3.8 sets its groups where pytest 9.2 no longer looks);
# tests/conftest.py says which begin first and which run alone; what is compiled is kept, whatever the shell around it
# says, for every worker and child of the tests would compile it again
test: tools test-packages
	@QT_QPA_PLATFORM=offscreen PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --minutes

check: tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: tools test-packages
	@sh resources/system_packages.sh x11-utils libmpv2
	@$(BIN)/python -m tests.benchmarks

soak: tools test-packages
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.soak

# collects the texts of the program into the catalogues, keeping what is translated
texts: environment
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F babel.cfg -k tr -k trn:1,2 -k N_ --no-location --sort-output -o build/havainto.pot .
	@for language in fi sv; do \
	  $(BIN)/pybabel -q update -i build/havainto.pot -d resources/i18n -D havainto -l $$language --no-fuzzy-matching -w 120; done

# the pictures of the manual, taken by the program of itself: after screens have changed
manual-pictures: tools
	@$(BIN)/python -m tests.manual_pictures

# both locks anew from pyproject.toml, keeping what is pinned; `make locks UPGRADE=--upgrade` lifts it (uv has to be there)
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11
locks:
	@$(LOCK) $(UPGRADE) --extra install pyproject.toml -o requirements.lock
	@$(LOCK) $(UPGRADE) --group develop -c requirements.lock -o requirements-dev.lock

# the list and the licence texts of what the program stands on, from the lock: after the lock has changed
third-party: tools
	@$(BIN)/python -m tests.third_party

# the bill of materials for scanners, of an environment laid from the user's lock alone
sbom: tools
	@rm -rf build/user
	@$(PYTHON) -m venv --without-pip build/user
	@$(BIN)/python -m pip --python build/user/bin/python install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m tests.sbom build/user/bin/python

# build/installer: the program as a folder that runs by itself, and a Debian package of it; two to five minutes
installer: tools
	@sh installer/linux.sh

# that package in a Debian with nothing else in it, by the program's own self-test: as root
bare:
	@sh installer/bare.sh

clean:
	@rm -rf .venv build *.egg-info
