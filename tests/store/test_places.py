"""Conflict copies, network places and synchronised folders, by their names and by the system's list of mounts."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from automation.store.places import conflict_copies, is_remote, is_synced, is_unc, kind_of, mount_type

LINUX = """\
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//nas/projects /mnt/projects cifs rw,vers=3.0 0 0
nas:/export /mnt/nfs\\040share nfs4 rw 0 0
tmpfs /mnt/projects/local tmpfs rw 0 0
user@host: /home/li/remote fuse.sshfs rw 0 0
"""
MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//li@nas.local/projects on /Volumes/projects (smbfs, nodev, nosuid, mounted by li)
/dev/disk4s1 on /Volumes/Stick (on desk) (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    "copy",
    [
        "主计划-DESKTOP-4F7K2QX.xlsx",
        "主计划-LAPTOP-12AB34CD-2.xlsx",
        "主计划-ZHANGSAN-PC.xlsx",
        "主计划-Zhangs-MacBook-Pro.xlsx",
        "主计划-office7.xlsx",
        "主计划 (conflicted copy 2026-11-22 093005).xlsx",
        "主计划 (Zhang San's conflicted copy 2026-11-22).xlsx",
        "主计划 的冲突副本.xlsx",
        "主计划(张三的冲突副本 2026-11-22).xlsx",
        "主计划（冲突文件 张三 2026-11-22）.xlsx",
        "主计划.sync-conflict-20261122-093005-ABCDEFG.xlsx",
        "主计划_conflict-20261122-093005.xlsx",
        "主计划_DiskStation_Nov-22-093005-2026_Conflict.xlsx",
        "主计划 [Conflict].xlsx",
        "主计划 (Case Conflict 1).XLSX",
    ],
)
def test_copies_that_services_make_of_a_conflict_are_recognised(tmp_path, copy):
    (tmp_path / copy).write_bytes(b"")
    assert [item.name for item in conflict_copies(tmp_path / "主计划.xlsx", computer="OFFICE7")] == [copy]


@pytest.mark.parametrize(
    "name",
    [
        "主计划.xlsx",
        "主计划-v2.xlsx",
        "主计划-2026.xlsx",
        "主计划-终稿.xlsx",
        "主计划-FINAL.xlsx",
        "主计划 (1).xlsx",
        "主计划 副本.xlsx",
        "主计划冲突分析.xlsx",
        "主计划-conflicts.xlsx",
        "主计划-SPC.xlsx",
        "总主计划-DESKTOP-4F7K2QX.xlsx",
        "主计划-DESKTOP-4F7K2QX.docx",
    ],
)
def test_other_files_beside_the_workbook_are_no_conflict_copies(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    assert conflict_copies(tmp_path / "主计划.xlsx", computer="OFFICE7") == ()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/mnt/projects/a/主计划.xlsx", "cifs"),
        ("/mnt/nfs share/主计划.xlsx", "nfs4"),
        ("/mnt/projects/local/主计划.xlsx", "tmpfs"),
        ("/mnt/projects2/主计划.xlsx", "ext4"),
        ("/home/li/remote/主计划.xlsx", "fuse.sshfs"),
        ("/home/li/主计划.xlsx", "ext4"),
    ],
)
def test_the_innermost_mount_of_linux_counts(place, kind):
    assert mount_type(PurePosixPath(place), LINUX) == kind


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/Volumes/projects/主计划.xlsx", "smbfs"),
        ("/Volumes/Stick (on desk)/主计划.xlsx", "msdos"),
        ("/Users/li/主计划.xlsx", "apfs"),
    ],
)
def test_the_innermost_mount_of_macos_counts(place, kind):
    assert mount_type(PurePosixPath(place), MACOS) == kind


@pytest.mark.parametrize(("kind", "remote"), [("cifs", True), ("nfs4", True), ("ext4", False), ("9p", False)])
def test_types_of_network_mounts_make_a_place_remote(tmp_path, monkeypatch, kind, remote):
    monkeypatch.setattr("automation.store.places._mounts", lambda: f"x / ext4 rw 0 0\ny {tmp_path} {kind} rw 0 0\n")
    assert is_remote(tmp_path / "主计划.xlsx") is remote
    assert kind_of(tmp_path / "主计划.xlsx") == ("network" if remote else "local")


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        (r"\\server\share\主计划.xlsx", True),
        (r"\\?\UNC\server\share\主计划.xlsx", True),
        (r"\\?\C:\主计划.xlsx", False),
        (r"C:\项目\主计划.xlsx", False),
    ],
)
def test_windows_paths_that_name_a_server_are_remote(place, remote):
    assert is_unc(PureWindowsPath(place)) is remote


@pytest.mark.parametrize(
    ("place", "synced"),
    [
        (r"C:\Users\li\OneDrive - 某公司\项目\主计划.xlsx", True),
        (r"C:\Users\li\OneDrive\主计划.xlsx", True),
        (r"D:\我的坚果云\主计划.xlsx", True),
        (r"D:\WPS云盘\主计划.xlsx", True),
        (r"D:\项目\主计划.xlsx", False),
        (r"D:\项目\OneDrive", False),
        (r"E:\Cloud\主计划.xlsx", True),
    ],
)
def test_folders_of_synchronising_services_are_recognised(place, synced):
    assert is_synced(PureWindowsPath(place), ["", "E:\\Cloud"]) is synced


def test_a_place_in_a_synchronised_folder_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("automation.store.places._mounts", lambda: "x / ext4 rw 0 0")
    book = tmp_path / "Dropbox" / "主计划.xlsx"
    assert kind_of(book) == "synced"
    monkeypatch.setenv("OneDrive", str(tmp_path / "cloud"))
    assert kind_of(tmp_path / "cloud" / "主计划.xlsx") == "synced"


def test_a_folder_that_cannot_be_listed_has_no_conflict_copies():
    assert conflict_copies(Path("/nowhere/主计划.xlsx")) == ()
