"""Scripts and the page that lie beside the wheels in an offline bundle.

They need nothing but Python: an environment below the person's own folder, filled from the wheels without network,
then ``deliverybook addin install``. Commands are plain letters; the command file of Windows has neither labels nor
parentheses in what it says, nor folders in blocks, which its interpreter would stumble over. Not here: the wheels (``bundle``).
"""

from __future__ import annotations

from automation.excel.addin.ribbon import TAB

WINDOWS = """\
@echo off
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set "VENV=%LOCALAPPDATA%\\Deliverybook\\py@SHORT@"
set "PY="
py -@PYTHON@ -c "import sys" >nul 2>nul && set "PY=py -@PYTHON@"
if not defined PY (
  python -c "import sys; sys.exit(sys.version_info[:2] != (@COMMA@))" >nul 2>nul && set "PY=python"
)
if not defined PY (
  echo 缺少 Python @PYTHON@：请从 python.org 安装，选择仅为我安装，然后再次双击本文件。
  echo Python @PYTHON@ is missing: install it from python.org, for you only, then double-click this file again.
  pause
  exit /b 1
)
%PY% verify.py
if errorlevel 1 (
  pause
  exit /b 1
)
%PY% -m venv "%VENV%"
if errorlevel 1 (
  echo 无法建立 Python 环境：请检查磁盘空间。
  echo Cannot make the Python environment: check the disk space.
  pause
  exit /b 1
)
"%VENV%\\Scripts\\python.exe" -m pip --isolated install --no-index --find-links wheels --upgrade deliverybook==@VERSION@
if errorlevel 1 (
  echo 安装失败：请关闭所有 Excel 窗口，再次双击本文件。
  echo Not installed: close every Excel window, then double-click this file again.
  pause
  exit /b 1
)
"%VENV%\\Scripts\\python.exe" -P -m automation addin install %*
if errorlevel 1 (
  pause
  exit /b 1
)
echo.
echo 检查安装 / to check it: "%VENV%\\Scripts\\deliverybook.exe" addin doctor
pause
"""

MACOS = """\
#!/bin/sh
cd "$(dirname "$0")" || exit 1
venv="$HOME/.deliverybook/py@SHORT@"
python=""
for one in python@PYTHON@ /Library/Frameworks/Python.framework/Versions/@PYTHON@/bin/python@PYTHON@ \\
    /opt/homebrew/bin/python@PYTHON@ /usr/local/bin/python@PYTHON@; do
  if "$one" -c "" 2>/dev/null; then python="$one"; break; fi
done
if [ -z "$python" ]; then
  echo "缺少 Python @PYTHON@：请从 python.org 安装，然后再次打开本文件。"
  echo "Python @PYTHON@ is missing: install it from python.org, then open this file again."
  exit 1
fi
"$python" verify.py || exit 1
"$python" -m venv "$venv" || exit 1
"$venv/bin/python" -m pip --isolated install --no-index --find-links wheels --upgrade deliverybook==@VERSION@ || exit 1
"$venv/bin/python" -P -m automation addin install "$@" || exit $?
echo "检查安装 / to check it: $venv/bin/deliverybook addin doctor"
"""

VERIFY = '''\
"""Compare every file of this folder with SHA256SUMS and say which are missing, damaged or changed."""

import hashlib
import pathlib
import sys

folder = pathlib.Path(__file__).resolve().parent
sys.stdout.reconfigure(errors="replace")
bad = []
for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
    digest, _, name = line.partition("  ")
    path = folder / name
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        bad.append(name)
for name in bad:
    print(f"{name}: 缺失、损坏或被改动，请重新复制安装包 / missing, damaged or changed, copy the bundle again")
sys.exit(1 if bad else 0)
'''

PAGE = """\
交付簿 Deliverybook @VERSION@ · 离线安装包 · offline bundle · Python @PYTHON@

中文
1. 把整个文件夹复制到本机(不要在网络盘或压缩包里直接运行)。
2. 需要 Python @PYTHON@。没有时，从 python.org 下载安装程序，选择“仅为我安装”，不需要管理员权限。
3. 退出 Excel。Windows：双击 install.cmd。macOS：打开“终端”，输入 sh 和空格，把 install.command 拖进窗口，按回车。
4. 启动 Excel，功能区出现“@TAB_ZH@”选项卡。
公司禁止 Excel 启动其他程序时，在命令提示符里运行 install.cmd --server。
安装位置：Windows %LOCALAPPDATA%\\Deliverybook，macOS ~/.deliverybook；不写系统文件夹，不访问网络。
卸载：deliverybook addin uninstall，再删除上面的文件夹。
SHA256SUMS 列出每个文件的校验值，安装前会自动核对。

English
1. Copy the whole folder to this computer (do not run it on a network drive or inside the archive).
2. Python @PYTHON@ is needed. If it is missing, get the installer from python.org and choose "for me only"; it needs no
   administrator.
3. Quit Excel. Windows: double-click install.cmd. macOS: open Terminal, type sh and a space, drag install.command into
   the window, press Return.
4. Start Excel: the ribbon shows the tab @TAB_EN@.
Where the company forbids Excel to start other programs, run install.cmd --server in a command prompt.
Installed below %LOCALAPPDATA%\\Deliverybook (Windows) or ~/.deliverybook (macOS); no system folder is written, no
network is used.
To remove it: deliverybook addin uninstall, then delete that folder.
SHA256SUMS has the checksum of every file; it is compared before anything is installed.
"""


def scripts(python: str, version: str) -> tuple[tuple[str, bytes, int], ...]:
    """The files as name, content and mode, for a version of Python such as ``3.11`` and of this package."""

    def filled(text: str) -> str:
        return (
            text.replace("@PYTHON@", python)
            .replace("@SHORT@", python.replace(".", ""))
            .replace("@COMMA@", python.replace(".", ", "))
            .replace("@VERSION@", version)
            .replace("@TAB_ZH@", TAB.zh)
            .replace("@TAB_EN@", TAB.en)
        )

    windows_lines = "\r\n"
    return (
        ("install.cmd", filled(WINDOWS).replace("\n", windows_lines).encode(), 0o644),
        ("install.command", filled(MACOS).encode(), 0o755),
        ("verify.py", VERIFY.encode(), 0o644),
        ("README.txt", b"\xef\xbb\xbf" + filled(PAGE).replace("\n", windows_lines).encode(), 0o644),
    )
