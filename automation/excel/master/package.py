"""The last step of building: what XlsxWriter always writes and the master workbook should not have.

Heights: XlsxWriter marks every row height as fixed by hand. Rows of tables keep their first height but lose that
mark, so that a row grows when somebody types more.
Results: XlsxWriter stores a result beside every formula. Rows written later would make it stale, and programs
that trust stored results (LibreOffice) would show it, so it is left out unless it is wanted.
Not here: the content of the sheets (``sheets``, ``dashboard``).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_ROW: Final = re.compile(rb'(<row r="(?!1")\d+"[^>]*? ht="[\d.]+") customHeight="1"')
_DEFAULT: Final = re.compile(rb'(<sheetFormatPr [^>]*?defaultRowHeight="[\d.]+") customHeight="1"')
_RESULT: Final = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="str")?>(<f[^>]*>[^<]*</f>)<v>[^<]*</v>')


def finished(package: bytes, *, tables: Collection[int], panels: Collection[int]) -> bytes:
    """The package with adjustable rows on the sheets ``tables`` and without results on the sheets ``panels``.

    Sheets are given by number, from 1. Row 1 keeps its fixed height. Entries keep their order, dates and
    compression, so the same package gives the same bytes.
    """
    heights = {f"xl/worksheets/sheet{number}.xml" for number in tables}
    results = {f"xl/worksheets/sheet{number}.xml" for number in panels}
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in heights:
                content = _DEFAULT.sub(rb"\1", _ROW.sub(rb"\1", content))
            if entry.filename in results:
                content = _RESULT.sub(rb"\1>\2", content)
            result.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
