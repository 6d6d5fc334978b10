"""A template's tags filled with values, in a child process with limits: templates come from outside.

The closed world of the tags (``sandbox``) keeps them from running anything; the limits hold what it cannot bound,
such as loops in loops, texts doubled forty times, and files that unpack to gigabytes. Not here: what is added to a
filled document (``render``).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import jinja2
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from lxml import etree

from automation.base.confined import ConfinedError, Limits, confined
from automation.base.errors import TemplateError
from automation.base.findings import Text
from automation.word.package import parts_of, zipped
from automation.word.sandbox import TemplateEnvironment, plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LIMITS = Limits(cpu_seconds=15, seconds=40, megabytes=1000)
SIZE_LIMIT = 200_000_000
"""Bytes that a filled document may unpack to, pictures included; 500 requirements have five million."""

_BREAKS = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)</w:t>")
_TAG = re.compile(r"\{[{%].*?[}%]\}|\{[{%][^{}]*")
_LONGEST_TAG = 80


class _Filling(DocxTemplate):  # type: ignore[misc]
    """docxtpl with one step replaced: line feeds and tabs in values, which it looks for in every paragraph's runs."""

    def resolve_listing(self, xml: str) -> str:
        """The XML with line feeds in texts as line breaks and tabs as tabs; values hold no other control characters."""
        return _BREAKS.sub(_broken_lines, xml)


def _broken_lines(match: re.Match[str]) -> str:
    opening = '<w:t xml:space="preserve">'
    text = match[2].replace("\n", f"</w:t><w:br/>{opening}").replace("\t", f"</w:t><w:tab/>{opening}")
    return f"{opening}{text}</w:t>"


def filled(template: Path, context: Mapping[str, Any], *, limits: Limits = LIMITS) -> bytes:
    """The bytes of the template with its tags filled (text, numbers, lists and dicts only).

    Raises TemplateError naming the template when it is missing or damaged, a tag is wrong or a limit is reached, and
    TypeError for a value of any other type.
    """
    name = f"{template.parent.name}/{template.name}"
    try:
        data = template.read_bytes()
    except OSError as error:
        raise _missing(name) from error
    head = json.dumps([name, plain(dict(context))]).encode()
    try:
        document = confined(fill_in_child, head + b"\n" + data, limits=limits)
    except ConfinedError as error:
        raise _too_much(name, error.reason) from None
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        if sum(part.file_size for part in package.infolist()) > SIZE_LIMIT:
            raise _too_much(name, "memory")
    return document


def fill_in_child(payload: bytes) -> bytes:
    """The filled document; the payload is a line of JSON with the template's name and the values, and its bytes."""
    head, _, data = payload.partition(b"\n")
    name, context = json.loads(head)
    document = _Filling(io.BytesIO(data))
    try:
        document.init_docx()
    except (OpcError, zipfile.BadZipFile, OSError, LookupError, ValueError, etree.XMLSyntaxError) as error:
        _check_memory(error)
        raise _broken(name, error) from error
    try:
        document.render(context, TemplateEnvironment(), autoescape=True)
    except jinja2.UndefinedError as error:
        raise _unknown_field(name, str(error.message)) from error
    except SecurityError as error:
        raise _forbidden(name, error) from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, etree.XMLSyntaxError) as error:
        _check_memory(error)
        raise _wrong_tag(name, error) from error
    except (RecursionError, SyntaxError) as error:  # tags inside one another beyond what Python can take
        raise _wrong_tag(name, error) from error
    except (LookupError, AttributeError) as error:
        raise _broken(name, error) from error
    return zipped(parts_of(document.docx), level=0)


def _check_memory(error: Exception) -> None:
    """Nothing, unless the XML library had no memory left and calls that an error of syntax."""
    if isinstance(error, etree.XMLSyntaxError) and getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error


def _missing(name: str) -> TemplateError:
    return TemplateError(
        Text(
            f"找不到 Word 模板 {name}：请放回该文件，或在参数“模板文件夹”中改正位置。",
            f"The Word template {name} is missing: put it back or correct the setting 'template folder'.",
        ),
        code="MISSING",
    )


def _too_much(name: str, reason: str) -> TemplateError:
    zh, en = {"time": ("时间", "time"), "memory": ("内存", "memory")}.get(reason, ("资源", "resources"))
    return TemplateError(
        Text(
            f"填写 Word 模板 {name} 用的{zh}超过上限，已停止：请检查模板里层层嵌套的循环，或换回随附的模板。",
            f"Filling the Word template {name} took more {en} than it may and was stopped: look for loops inside loops "
            "in it, or take the shipped one.",
        ),
        code="LIMIT",
    )


def _broken(name: str, error: Exception) -> TemplateError:
    reason = type(error).__name__
    return TemplateError(
        Text(
            f"Word 模板 {name} 已损坏或不是 .docx 文件（{reason}）：请用 Word 重新保存，或换回随附的模板。",
            f"The Word template {name} is damaged or not a .docx file ({reason}): save it again in Word or take the "
            "shipped one.",
        ),
        code="DAMAGED",
    )


def _unknown_field(name: str, field: str) -> TemplateError:
    return TemplateError(
        Text(
            f"Word 模板 {name} 用到了不存在的字段“{field}”：请在 Word 中改正该标记，或删除它。",
            f"The Word template {name} uses the field '{field}', which does not exist: correct or delete that tag in "
            "Word.",
        ),
        code="FIELD",
    )


def _forbidden(name: str, error: Exception) -> TemplateError:
    return TemplateError(
        Text(
            f"Word 模板 {name} 中的标记含有不允许的运算或调用（{error}）：模板只能显示数据，请删除它。",
            f"A tag in the Word template {name} computes or calls something ({error}): templates only show values, "
            "delete it.",
        ),
        code="FORBIDDEN",
    )


def _wrong_tag(name: str, error: Exception) -> TemplateError:
    """The sentence for a tag that Jinja2 cannot understand or carry out; docxtpl gives the lines around it."""
    lines = list(getattr(error, "docx_context", ()))
    tags = [tag for line in lines for tag in _TAG.findall(line)]
    reason = " ".join(str(error).split())[:_LONGEST_TAG]
    near = tags[min(3, len(tags) - 1)][:_LONGEST_TAG] if tags else ""
    return TemplateError(
        Text(
            f"Word 模板 {name} 中的标记写错了"
            + (f"，位置在“{near}”附近" if near else "")
            + f"（{reason}）：请在 Word 中改正。",
            f"A tag in the Word template {name} is wrong"
            + (f", near '{near}'" if near else "")
            + f" ({reason}): correct it in Word.",
        ),
        code="TAG",
    )
