# The Windows program and its installer: a recipe that was not tried on Windows. In PowerShell, at the project's root,
# with uv and Inno Setup 6 installed.
#
# Finnish spelling: lay libvoikko-1.dll of the Voikko project's 64-bit build, with its dictionary folder `5` and its
# licence, into build\spelling before this is run. Without it the program says that it has no Finnish dictionary.
$ErrorActionPreference = "Stop"
# what is no command of PowerShell's own does not stop it by failing, not even by a package with a wrong checksum
function Done { if ($LASTEXITCODE -ne 0) { throw "the step before failed with $LASTEXITCODE" } }
uv venv --python 3.11; Done
uv pip install --require-hashes -r requirements.lock; Done
uv pip install --require-hashes -r requirements-dev.lock; Done
uv pip install --no-deps --no-build-isolation -e .; Done
uv run --no-sync pybabel compile -d resources/i18n -D havainto; Done
uv run --no-sync pyinstaller --noconfirm --distpath build/installer --workpath build/pyinstaller installer/havainto.spec; Done
if (Test-Path build/spelling) { Copy-Item -Recurse build/spelling build/installer/havainto/spelling }
# the window's program has no console, so the self-test's lines go to a file
$tested = Start-Process -PassThru -Wait -NoNewWindow build/installer/havainto/Havainto.exe self-test -RedirectStandardOutput build/self-test.txt
Get-Content build/self-test.txt
# without the spelling it fails for that alone
if ($tested.ExitCode -ne 0 -and (Test-Path build/spelling)) { throw "the self-test failed" }
& "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe" installer\windows.iss; Done
