"""The closed list of reasons why a file is not saved, each with its sentence. Not here: the saving (``files``)."""

from __future__ import annotations

from automation.base.errors import WriteRefusedError
from automation.base.findings import Text

REASONS: dict[str, Text] = {
    "in-use": Text(
        "“{file}”正由 {owner} 打开（自 {since} 起），请等对方关闭后再试；如果其实没有人打开，请删除同一文件夹里的“{mark}”。",
        "{file} has been open by {owner} since {since}; try again when it is closed. "
        "If nobody has it open, delete {mark} in the same folder.",
    ),
    "held": Text(
        "“{file}”正被另一个程序占用，请关闭 Excel 中的该文件后再试。",
        "{file} is held by another program; close it in Excel and try again.",
    ),
    "job-running": Text(
        "另一个交付簿任务正在写“{file}”，请稍后再试。",
        "Another Deliverybook job is writing {file}; try again in a moment.",
    ),
    "job-named": Text(
        "另一个交付簿任务（{what}，进程 {process}，{since} 开始）正在处理“{file}”，等待 {seconds} 秒后仍未结束；请稍后再试。",
        "Another Deliverybook job ({what}, process {process}, since {since}) is working on {file} and did not end "
        "within {seconds} seconds; try again in a moment.",
    ),
    "conflict-copies": Text(
        "“{file}”旁边有同步盘留下的冲突副本（{copies}），为了不丢失任何一方的修改，没有写入；"
        "请在 Excel 中合并后把副本移到别的文件夹，再重新运行。",
        "A synchronising service left conflict copies beside {file} ({copies}); nothing was written so that nobody's "
        "work is lost. Merge them in Excel, move the copies to another folder and run it again.",
    ),
    "no-backup": Text(
        "无法在“{folder}”中备份“{file}”（{detail}），没有写入；请检查参数 backup_folder 和文件夹权限。",
        "{file} could not be backed up in {folder} ({detail}) and nothing was written; check the setting backup_folder "
        "and the permissions of the folder.",
    ),
    "not-written": Text(
        "“{file}”的新内容没有完整写到磁盘上，原文件没有改动；请检查磁盘或网络后再试。",
        "The new content of {file} did not reach the disk whole and the file was left as it was; check the disk or "
        "network and try again.",
    ),
    "missing": Text("找不到文件“{file}”，请检查路径。", "{file} does not exist; check the path."),
    "exists": Text(
        "“{file}”已经存在，没有覆盖；请换一个名称，或先移走原文件。",
        "{file} exists already and was not overwritten; choose another name or move it away.",
    ),
    "read-only-file": Text(
        "“{file}”是只读文件，请在文件属性中取消“只读”后再试。",
        "{file} is read-only; clear the read-only mark in its properties and try again.",
    ),
    "read-only-folder": Text(
        "没有权限写入文件夹“{folder}”，请换一个文件夹，或请管理员授权。",
        "The folder {folder} may not be written to; use another folder or ask for permission.",
    ),
    "changed-meanwhile": Text(
        "“{file}”在处理期间被别人保存过，为了不覆盖对方的修改，没有写入；请重新运行。",
        "{file} was saved by someone else meanwhile; nothing was written so that their work is kept. Run it again.",
    ),
    "disk-full": Text(
        "磁盘空间不足，“{file}”没有改动；请清理磁盘后再试。",
        "The disk is full and {file} was left as it was; make room and try again.",
    ),
    "not-saved": Text(
        "“{file}”没有保存成功（{detail}），原文件没有改动；请检查磁盘或网络后再试。",
        "{file} could not be saved ({detail}) and was left as it was; check the disk or network and try again.",
    ),
}
"""Why a file is not saved: code -> sentence."""


def not_saved(code: str, **details: str) -> WriteRefusedError:
    """The error for a file that is not saved; ``code`` is a key of ``REASONS``, the rest fills its sentence."""
    text = REASONS[code]
    return WriteRefusedError(Text(*(half.format(**details) for half in text)), code=code)
