"""``deliverybook schema``: meta-checks of the schemas, the generated reference pages and row types.

Not here: what the pages say (``schema.dictionary``, ``deviations.pages``, ``commands.functions.pages``) and the meta-checks (``schema.meta``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.functions.pages import pages as function_pages
from automation.deviations.pages import pages as rule_pages
from automation.deviations.registry import RULES
from automation.front import library
from automation.front.output import Result
from automation.schema import dictionary, rowtypes

if TYPE_CHECKING:
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

ROWS = Path("automation/model/rows.py")


def run(what: str, common: Common, *, compare: bool) -> tuple[Result | None, Catalogue | None]:
    """Check the schemas, or write (or ``compare``) what is generated from them: ``docs``, ``rows``. Raises UsageError when something is unsound or out of date."""
    if what == "check":
        return _check(common), None
    catalogue = library.Library().catalogue()
    root = library.PACKAGE.parent
    files = {root / ROWS: rowtypes.source(catalogue)}
    if what == "docs":
        from automation.front.templates import pages as template_pages  # noqa: PLC0415 - documents are made for it

        pages = {
            **dictionary.pages(catalogue),
            **rule_pages(catalogue, RULES),
            **function_pages(),
            **template_pages(),
        }
        files = {(common.out or root) / name: text for name, text in pages.items()}
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if compare and stale:
        names = ", ".join(str(path) for path in stale)
        raise UsageError(
            Text(
                f"以下文件不是最新：{names}；请运行 deliverybook schema {what}。",
                f"Out of date: {names}; run deliverybook schema {what}.",
            ),
            code="STALE",
        )
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")
    done = Text(f"{len(files)} 个文件，更新 {len(stale)} 个。", f"{len(files)} files, {len(stale)} renewed.")
    return Result("schema", str(root), 0, documents=tuple(stale), notices=(done,)), catalogue


def _check(common: Common) -> Result:
    from automation.schema import meta  # noqa: PLC0415 - jsonschema is slow to import and only needed here

    texts = {name: path.read_text(encoding="utf-8") for name, path in library.Library(Path.cwd()).schemas().items()}
    problems = meta.check(texts)
    notices = tuple(Text(problem.in_("zh"), problem.in_("en")) for problem in problems)
    done = Text(
        f"已检查 {len(texts)} 个文件，问题 {len(problems)} 个。",
        f"{len(texts)} files checked, {len(problems)} problems.",
    )
    return Result("schema", "schemas", int(bool(problems)), notices=(*notices, done), language=common.language or "zh")
