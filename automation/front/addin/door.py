"""The words of ``deliverybook addin ...`` on the command line. Not here: what they do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    import argparse

    from automation.front.output import Result
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

WORDS = ("build", "install", "doctor", "uninstall", "server", "bundle")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words that follow ``addin``."""
    parser.add_argument(
        "what",
        choices=WORDS,
        help="build 制作 make the files of workbook/;install 安装 put into Excel;doctor 诊断 look for what is wrong;uninstall 卸载 remove;"
        "server 常驻服务 answer Excel (Windows);bundle 离线安装包 wheels for computers without network",
    )
    parser.add_argument("--check", action="store_true", help="build：只比较，不写入 / compare only, do not write")
    parser.add_argument(
        "dir", nargs="?", type=Path, metavar="DIR", help="build、bundle 的文件夹 / folder of build or bundle"
    )
    parser.add_argument(
        "--server", action="store_true", help="install：Excel 不启动进程 / Excel starts no process (Windows)"
    )
    parser.add_argument(
        "--file", type=Path, metavar="XLAM", help="install：公司签名的加载项 / an add-in signed by the company"
    )
    parser.add_argument(
        "--platform", default="", metavar="TAG", help="bundle：win_amd64, macosx_11_0_arm64 (本机 / this one)"
    )
    parser.add_argument("--python-version", default="", metavar="3.11", help="bundle：Python 版本 / version of Python")
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="bundle：交付簿的 wheel / the wheel of Deliverybook")


def run(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    """Do what the words say."""
    from automation.front.addin.places import places_here  # noqa: PLC0415 - each loads what it needs

    language, what = common.language or "zh", options.what
    if what == "build":
        from automation.front.addin import build as addin_build  # noqa: PLC0415 - as above

        folder = options.dir or addin_build.FOLDER
        return addin_build.build(folder, check=options.check, quiet=common.quiet, language=language), None
    if what == "bundle":
        return _bundle(options, common), None
    if what == "doctor":
        from automation.front.addin.doctor import doctor  # noqa: PLC0415 - as above

        return doctor(places_here(), language=language), None
    if what == "server":
        from automation.front.addin import server  # noqa: PLC0415 - as above

        return server.run(places_here(), language=language), None
    from automation.front.addin import setup  # noqa: PLC0415 - as above

    if what == "uninstall":
        return setup.uninstall(places_here(), language=language, dry_run=common.dry_run), None
    result = setup.install(
        places_here(), language=language, addin=options.file, server=options.server, dry_run=common.dry_run
    )
    return result, None


def _bundle(options: argparse.Namespace, common: Common) -> Result:
    from automation.front.addin.bundle import Target, bundle  # noqa: PLC0415 - as above

    if options.dir is None:
        raise UsageError(
            Text(
                "请指定安装包的文件夹，例如 deliverybook addin bundle 安装包。",
                "Name the folder of the bundle, for example deliverybook addin bundle bundle.",
            ),
            code="USAGE",
        )
    python = options.python_version or f"{sys.version_info.major}.{sys.version_info.minor}"
    return bundle(options.dir, Target(options.platform, python), wheel=options.wheel, language=common.language or "zh")
