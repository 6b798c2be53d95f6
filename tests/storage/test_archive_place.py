from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.errors import ArchiveError
from storage import archive_place
from storage.archive_place import is_network_name, linux_mounts, mac_mounts, network_mount, sync_service_of_name

LINUX = """\
sysfs /sys sysfs rw,nosuid 0 0
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
/dev/nvme0n1p3 /home ext4 rw 0 0
//server/share /home/aino/verkko\\040levy cifs rw 0 0
server:/export /srv nfs4 rw 0 0
aino@host: /home/aino/etä fuse.sshfs rw 0 0
/dev/sdb1 /srv/paikallinen ext4 rw 0 0
broken
"""

MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//aino@server/share on /Volumes/yhteinen (kopio) (smbfs, nodev, nosuid, mounted by aino)
server:/export on /Volumes/nfs (nfs)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/aino/arkisto", False),
        ("/home/aino/verkko levy/arkisto", True),
        ("/home/aino/verkko levylle", False),
        ("/srv/arkisto", True),
        ("/srv/paikallinen/arkisto", False),
        ("/home/aino/etä", True),
        ("/srvx", False),
    ],
)
def test_network_mounts_of_linux(path, network):
    assert network_mount(PurePosixPath(path), linux_mounts(LINUX)) is network


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/Users/aino/Havainto", False),
        ("/Volumes/yhteinen (kopio)/Havainto", True),
        ("/Volumes/nfs", True),
        ("/Volumes/tikku", False),
    ],
)
def test_network_mounts_of_macos(path, network):
    assert network_mount(PurePosixPath(path), mac_mounts(MAC)) is network


def test_a_later_mount_hides_an_earlier_one():
    assert network_mount(PurePosixPath("/a/b"), [("/a", "ext4"), ("/a", "nfs")])
    assert not network_mount(PurePosixPath("/a/b"), [("/a", "nfs"), ("/a", "ext4")])


@pytest.mark.parametrize(
    ("path", "network"),
    [
        (r"\\server\share\Havainto", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\Havainto", False),
        (r"C:\Havainto", False),
        (r"\\.\C:\Havainto", False),
    ],
)
def test_network_names_of_windows(path, network):
    assert is_network_name(path) is network


def test_network_folder_is_refused_and_a_local_one_is_not(tmp_path, monkeypatch):
    archive_place.refuse_network_folder(tmp_path / "not" / "yet")
    monkeypatch.setattr(archive_place, "_is_network", lambda folder: True)
    with pytest.raises(ArchiveError) as error:
        archive_place.refuse_network_folder(tmp_path)
    assert error.value.key == "network-folder"


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\aino\OneDrive\Havainto", "OneDrive"),
        (r"C:\Users\aino\OneDrive - Hyvinvointialue\Tiedostot", "OneDrive"),
        (r"C:\Users\aino\Dropbox (Oma)\x", "Dropbox"),
        (r"G:\Google Drive\x", "Google Drive"),
        (r"C:\Users\aino\iCloudDrive\x", "iCloud"),
        (r"C:\Users\aino\NEXTCLOUD\x", "Nextcloud"),
        (r"C:\Users\aino\Documents\Havainto", None),
        (r"C:\Users\aino\Dropboxissa ennen", None),
    ],
)
def test_sync_folders_of_windows_by_name(path, service):
    assert sync_service_of_name(PureWindowsPath(path)) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/Users/aino/Library/CloudStorage/OneDrive-Kunta/x", "cloud storage"),
        ("/Users/aino/Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("/home/aino/Nextcloud2/x", "Nextcloud"),
        ("/home/aino/GoogleDrive/x", "Google Drive"),
        ("/home/aino/Havainto", None),
    ],
)
def test_sync_folders_of_macos_and_linux_by_name(path, service):
    assert sync_service_of_name(PurePosixPath(path)) == service


def refused_service(folder, environment=None):
    with pytest.raises(ArchiveError) as error:
        archive_place.refuse_sync_folder(folder, environment or {})
    assert error.value.key == "sync-folder"
    return error.value.values["service"]


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".dropbox", "Dropbox"),
        (".sync_0123abcd.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
        (".stversions", "Syncthing"),
        (".seafile-data", "Seafile"),
        (".megaignore", "MEGA"),
        (".tresorit", "Tresorit"),
        (".tmp.drivedownload", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_sync_folders_by_what_the_service_leaves_there(tmp_path, marker, service):
    (tmp_path / marker).touch()
    assert refused_service(tmp_path / "kansio" / "arkisto") == service


def test_sync_folder_by_name_by_link_and_by_the_systems_word(tmp_path):
    kept = tmp_path / "OneDrive - Kunta"
    kept.mkdir()
    assert refused_service(kept / "arkisto") == "OneDrive"
    (tmp_path / "linkki").symlink_to(kept, target_is_directory=True)
    assert refused_service(tmp_path / "linkki" / "arkisto") == "OneDrive"
    assert refused_service(tmp_path / "Työ" / "x", {"OneDriveCommercial": str(tmp_path / "Työ")}) == "OneDrive"


def test_home_folder_with_the_services_settings_is_a_fine_place(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / ".dropbox").mkdir()
    archive_place.refuse_sync_folder(tmp_path / "Havainto", {})
    (tmp_path / "Työ").mkdir()
    (tmp_path / "Työ" / ".dropbox").touch()
    assert refused_service(tmp_path / "Työ" / "Havainto") == "Dropbox"


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"G:\My Drive\Havainto"), "Google Drive"),
        (PureWindowsPath(r"G:\Oma Drive\Havainto"), "Google Drive"),
        (PureWindowsPath(r"G:\Min enhet"), "Google Drive"),
        (PureWindowsPath(r"G:\Jaetut Drivet\Perhetyö\Havainto"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\aino\Oma Drive (aino@esimerkki.fi)\Havainto"), "Google Drive"),
        (PurePosixPath("/Users/aino/Library/CloudStorage/GoogleDrive-a@b.fi/Oma Drive/Havainto"), "cloud storage"),
        (PureWindowsPath(r"C:\Users\aino\Seafile\Kirjasto"), "Seafile"),
        (PurePosixPath("/home/aino/SeaDrive (aino)/Havainto"), "Seafile"),
        (PureWindowsPath(r"C:\Users\aino\MEGA\Havainto"), "MEGA"),
        (PurePosixPath("/home/aino/MEGAsync/Havainto"), "MEGA"),
        (PureWindowsPath(r"C:\Users\aino\Proton Drive\aino\My files"), "Proton Drive"),
        (PureWindowsPath(r"T:\Tresors\Havainto"), "Tresorit"),
        (PurePosixPath("/home/aino/Tresorit Drive/Havainto"), "Tresorit"),
        (PureWindowsPath(r"C:\Users\aino\Jottacloud\Havainto"), "Jottacloud"),
        (PureWindowsPath(r"C:\Users\aino\Box\Havainto"), "Box"),
        (PurePosixPath("/Users/aino/Box/Havainto"), "Box"),
        (PurePosixPath("/home/aino/Syncthing/Havainto"), "Syncthing"),
        # anybody's names, where no service puts them
        (PureWindowsPath(r"C:\Havainto\Box"), None),
        (PurePosixPath("/media/aino/My Drive/Havainto"), None),
        (PurePosixPath("/srv/box/mega/Havainto"), None),
        (PureWindowsPath(r"D:\Havainto"), None),
    ],
)
def test_folders_of_more_services(path, service):
    assert sync_service_of_name(path) == service


def test_documents_that_macos_keeps_in_icloud(tmp_path):
    kept = tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    kept.mkdir(parents=True)
    for folder in ("Documents", "Desktop"):
        (tmp_path / folder).mkdir()
    assert archive_place.kept_in_icloud(tmp_path / "Documents" / "Havainto", tmp_path) is None
    (kept / "Documents").symlink_to(tmp_path / "Documents")
    assert archive_place.kept_in_icloud(tmp_path / "Documents" / "Havainto", tmp_path) == "iCloud"
    assert archive_place.kept_in_icloud(tmp_path / "Desktop" / "Havainto", tmp_path) is None
    assert archive_place.kept_in_icloud(tmp_path / "Havainto", tmp_path) is None


def test_what_a_service_shows_as_a_disk_is_a_network():
    mounts = linux_mounts("/dev/sda1 / ext4 rw 0 0\nseadrive /home/aino/Levy fuse.seadrive rw 0 0\n")
    assert network_mount(PurePosixPath("/home/aino/Levy/Havainto"), mounts)


def test_where_documents_lie_on_a_server_a_new_archive_is_offered_on_this_computer(tmp_path, monkeypatch):
    documents, local = tmp_path / "Documents", tmp_path / "local"
    assert archive_place.proposed(documents, local) == documents
    monkeypatch.setattr(archive_place, "_is_network", lambda folder: folder == documents)
    assert archive_place.proposed(documents, local) == local
    # a county's profile lies on a share, whatever letter or link leads to it
    assert is_network_name(r"\\server\home$\aino\Documents")
    monkeypatch.undo()
    assert archive_place.proposed(tmp_path / "OneDrive - Kunta" / "Documents", local) == local
