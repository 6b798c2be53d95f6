; The Windows installer, by Inno Setup 6 (iscc installer\windows.iss), of what PyInstaller made in build\installer.
; For one user without an administrator: what a county's worker may install herself. Archives are left alone.
[Setup]
AppId={{6B5C0B0D-6E0F-4E0B-9B1A-3B6B3F1F7A51}
AppName=Havainto
AppVersion=0.1.0
AppPublisher=Havainto
DefaultDirName={autopf}\Havainto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
DisableProgramGroupPage=yes
LicenseFile=..\LICENSE
OutputDir=..\build\installer
OutputBaseFilename=havainto-0.1.0-windows
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "fi"; MessagesFile: "compiler:Languages\Finnish.isl"
Name: "sv"; MessagesFile: "compiler:Languages\Swedish.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\build\installer\havainto\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Havainto"; Filename: "{app}\Havainto.exe"

[Run]
Filename: "{app}\Havainto.exe"; Description: "Havainto"; Flags: postinstall nowait skipifsilent
