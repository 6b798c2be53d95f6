"""Places where a live archive would be broken sooner or later: network drives, and folders that a service synchronizes.

A network drive breaks the promises that the database needs; a sync service copies half-written files, makes "conflicted
copies" and sends the archive somewhere. Encrypted backups may go to both.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from app.errors import ArchiveError
from storage.disk_space import is_there, nearest_existing

_NETWORK_SYSTEMS = frozenset(
    {"afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "ftp", "glusterfs", "gpfs", "lustre"}
    | {"ncpfs", "nfs", "nfs4", "smb3", "smbfs", "webdav"}
    | {f"fuse.{name}" for name in ("ceph", "davfs2", "glusterfs", "gvfsd-fuse", "rclone", "s3fs", "smbnetfs", "sshfs")}
    # what services show as if it were a disk
    | {f"fuse.{name}" for name in ("google-drive-ocamlfuse", "pcloud", "seadrive", "onedriver", "proton-drive")}
)

# a part of the path, in lower case, and the service that makes such folders; a name that anybody might give counts
# only where its service puts it
_SYNC_PARTS: tuple[tuple[str, str], ...] = (
    (r"onedrive( - .*|-.*)?", "OneDrive"),
    (r"dropbox( \(.*\)|-.*)?", "Dropbox"),
    (r"google ?drive( \(.*\)|-.*)?", "Google Drive"),
    (r"drivefs", "Google Drive"),
    (r"icloud ?drive|mobile documents|com~apple~clouddocs", "iCloud"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud", "ownCloud"),
    (r"box sync|box-box", "Box"),
    (r"seafile|seadrive( \(.*\))?|seadrive_root|\.seadrive", "Seafile"),
    (r"megasync( downloads| uploads)?", "MEGA"),
    (r"proton ?drive( .*)?|protondrive-.*", "Proton Drive"),
    (r"tresorit( drive)?|tresors", "Tresorit"),
    (r"jottacloud( .*)?", "Jottacloud"),
    (r"syncthing", "Syncthing"),
    (r"pcloud ?drive|pclouddrive", "pCloud"),
    (r"cloudstorage", "cloud storage"),
)
# right beneath a person's own folder, and of Google's also right beneath the letter of its disk: `G:\Oma Drive`
_GOOGLES = r"(my drive|oma drive|min enhet|shared drives|jaetut drivet|delade enheter|other computers)( \(.*\))?"
_SYNC_IN_HOME: tuple[tuple[str, str], ...] = (
    (_GOOGLES, "Google Drive"),
    (r"box", "Box"),
    (r"mega", "MEGA"),
)
_SYNC_ON_DISK: tuple[tuple[str, str], ...] = ((_GOOGLES, "Google Drive"), (r"tresors", "Tresorit"))
_HOMES = frozenset({"users", "home", "käyttäjät"})
# what the services leave in the folders that they keep
_SYNC_MARKERS: tuple[tuple[str, str], ...] = (
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
    (".stfolder", "Syncthing"),
    (".stversions", "Syncthing"),
    (".seafile-data", "Seafile"),
    ("_seafile.txt", "Seafile"),
    (".megaignore", "MEGA"),
    (".tresorit", "Tresorit"),
)
# macOS keeps Documents and Desktop in iCloud under their usual names; there they stand beside the others once more
_ICLOUD = PurePath("Library", "Mobile Documents", "com~apple~CloudDocs")
_ICLOUD_TAKES = ("Documents", "Desktop")
_SYNC_VARIABLES = (("OneDrive", "OneDrive"), ("OneDriveCommercial", "OneDrive"), ("OneDriveConsumer", "OneDrive"))


def refuse_network_folder(folder: Path) -> None:
    """Raises ArchiveError `network-folder` when the folder is, or would be, on another computer's disk."""
    if _is_network(folder):
        raise ArchiveError("network-folder")


def refuse_sync_folder(folder: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Raises ArchiveError `sync-folder` (with `service`) when a service copies this folder elsewhere."""
    for path in {folder.expanduser().absolute(), folder.expanduser().resolve()}:
        if (service := _service_of(path, environment)) is not None:
            raise ArchiveError("sync-folder", service=service)


def _service_of(path: Path, environment: Mapping[str, str]) -> str | None:
    found = sync_service_of_name(path) or _service_of_setting(path, environment)
    return found or kept_in_icloud(path, Path.home()) or _service_of_marker(path)


def proposed(documents: Path, local: Path) -> Path:
    """Where a new archive is offered to lie: among the documents, and if those lie elsewhere, on this computer.

    A county's computer may have its user's documents on a server, or a service that copies them all.
    """
    try:
        refuse_network_folder(documents)
        refuse_sync_folder(documents)
    except ArchiveError:
        return local
    return documents


def kept_in_icloud(path: Path, home: Path) -> str | None:
    """iCloud, when macOS keeps this part of a person's own folder there."""
    taken = (name for name in _ICLOUD_TAKES if is_there(home / _ICLOUD / name))
    return "iCloud" if any(path.is_relative_to(home / name) for name in taken) else None


def sync_service_of_name(path: PurePath) -> str | None:
    """The service whose folder name is a part of the path."""
    for part in path.parts:
        for pattern, service in _SYNC_PARTS:
            if re.fullmatch(pattern, part.casefold()):
                return service
    parts = [part.casefold() for part in path.parts]
    in_home = parts[3:4] if parts[1:2] and parts[1] in _HOMES else []
    on_disk = parts[1:2] if path.drive else []
    named = ((_SYNC_IN_HOME, in_home), (_SYNC_ON_DISK, on_disk))
    return next((s for rows, found in named for p, s in rows for part in found if re.fullmatch(p, part)), None)


def _service_of_setting(path: Path, environment: Mapping[str, str]) -> str | None:
    for variable, service in _SYNC_VARIABLES:
        root = environment.get(variable)
        if root and path.is_relative_to(Path(root)):
            return service
    return None


def _service_of_marker(path: Path) -> str | None:
    home = Path.home()
    for place in (path, *path.parents):
        for marker, service in _SYNC_MARKERS:
            # the services keep their own settings in the home folder under the same names
            if place != home and _holds(place, marker):
                return service
    return None


def _holds(place: Path, marker: str) -> bool:
    try:
        return next(iter(place.glob(marker)), None) is not None
    except OSError:  # a name too long to be looked up holds nothing
        return False


def network_mount(path: PurePath, mounts: Iterable[tuple[str, str]]) -> bool:
    """Whether the file system that holds `path` is a network's, from (place, kind) of all, later ones lying above."""
    held = ""
    best = -1
    for place, kind in mounts:
        if path.is_relative_to(place) and len(place) >= best:
            best, held = len(place), kind
    return held in _NETWORK_SYSTEMS


def linux_mounts(text: str) -> list[tuple[str, str]]:
    """The lines of /proc/mounts as (place, kind); a space in a place is written as its octal number there."""
    fields = [line.split(" ") for line in text.splitlines()]
    return [(re.sub(r"\\([0-7]{3})", _octal, field[1]), field[2]) for field in fields if len(field) > 2]


def _octal(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))


def mac_mounts(text: str) -> list[tuple[str, str]]:
    """The lines of macOS's `mount`, such as `//aino@host/share on /Volumes/share (smbfs, nodev)`."""
    found = (re.fullmatch(r".* on (/.*) \((\w+)[,)].*", line) for line in text.splitlines())
    return [(match[1], match[2]) for match in found if match]


def is_network_name(path: str) -> bool:
    """Whether a Windows path names another computer (begins with two backslashes), also in its long form."""
    name = path.replace("/", "\\").upper()
    if name.startswith("\\\\?\\"):
        return name.startswith("\\\\?\\UNC\\")
    return name.startswith("\\\\") and not name.startswith("\\\\.\\")


if sys.platform == "win32":

    def _is_network(folder: Path) -> bool:
        import ctypes

        place = nearest_existing(folder)
        drive_remote = 4
        kind = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
        return is_network_name(str(folder)) or is_network_name(str(place)) or kind == drive_remote

elif sys.platform == "darwin":

    def _is_network(folder: Path) -> bool:
        try:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=10)
        except (OSError, subprocess.SubprocessError):
            return False
        return network_mount(nearest_existing(folder), mac_mounts(listed.stdout))

else:

    def _is_network(folder: Path) -> bool:
        try:
            text = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
        return network_mount(nearest_existing(folder), linux_mounts(text))
