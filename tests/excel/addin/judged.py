"""What olevba, which virus scanners and auditors trust, says of a file."""

from __future__ import annotations

import re
import warnings
from typing import NamedTuple


class Judged(NamedTuple):
    """Modules with code (name: source with LF), and what olevba noticed: (kind, word)."""

    modules: dict[str, str]
    noticed: list[tuple[str, str]]

    def words(self, kind):
        return [word for sort, word in self.noticed if sort == kind]


def judged(path) -> Judged:
    """Reads the file; modules of sheets and of the workbook must be empty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # oletools calls pyparsing by its old names
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        try:
            found = {
                name.removesuffix(".bas"): source.replace("\r\n", "\n")
                for _, _, name, source in parser.extract_all_macros()
            }
            noticed = [(kind, word) for kind, word, _ in parser.analyze_macros()]
        finally:
            parser.close()
    documents = {name for name, source in found.items() if 'VB_Base = "0{000208' in source}
    for name in documents:
        assert re.fullmatch(r"(Attribute VB_\w+ = .*\s*)+", found[name]), f"{name} has code"
    return Judged({name: source for name, source in found.items() if name not in documents}, noticed)
