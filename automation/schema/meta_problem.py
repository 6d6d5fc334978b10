"""What is wrong with the schemas themselves: one sentence with the file and the key. Not here: the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.base.findings import Language


class SchemaProblem(NamedTuple):
    """One thing wrong in ``schemas/``: the file, the key in dotted form, and a sentence in both languages."""

    file: str
    key: str
    text: Text

    def in_(self, language: Language) -> str:
        """The whole sentence in one language, with file and key in front."""
        return (
            f"{self.file}: {self.key}: {self.text.in_(language)}"
            if self.key
            else f"{self.file}: {self.text.in_(language)}"
        )


def problem(file: str, key: str, *, zh: str, en: str) -> SchemaProblem:
    """A problem with its two sentences."""
    return SchemaProblem(file, key, Text(zh, en))


def repeated(values: list[Any]) -> Iterator[Any]:
    """The values that stand in a list more than once, each as often as it is repeated."""
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            yield value
        seen.add(value)
