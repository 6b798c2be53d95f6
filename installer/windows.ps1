# The Windows program and its installer: a recipe that was not tried on Windows. In PowerShell, at the project's root,
# with uv and Inno Setup 6 installed.
#
# Finnish spelling: lay libvoikko-1.dll of the Voikko project's 64-bit build, with its dictionary folder `5` and its
# licence, into build\spelling before this is run. Without it the program says that it has no Finnish dictionary.
$ErrorActionPreference = "Stop"
uv venv --python 3.11
uv pip install --require-hashes -r requirements.lock
uv pip install --require-hashes -r requirements-dev.lock
uv pip install --no-deps --no-build-isolation -e .
uv run --no-sync pybabel compile -d resources/i18n -D havainto
uv run --no-sync pyinstaller --noconfirm --distpath build/installer --workpath build/pyinstaller installer/havainto.spec
if (Test-Path build/spelling) { Copy-Item -Recurse build/spelling build/installer/havainto/spelling }
# the window's program has no console, so the self-test's lines go to a file
Start-Process -Wait -NoNewWindow build/installer/havainto/Havainto.exe self-test -RedirectStandardOutput build/self-test.txt
Get-Content build/self-test.txt
& "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe" installer\windows.iss
