"""Differences in words, one line a cell.

Not here: finding the differences (``commands.differences``), the same for programs (``commands.difference_tables``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.difference_rows import plain, shown
from automation.commands.difference_views import identity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.difference_rows import CellChange, RowChange
    from automation.commands.differences import ColumnChange, Differences, OtherChange, SheetChange
    from automation.schema.catalogue import Catalogue

LINES = 60
"""How many lines of one sheet are shown unless all are asked for."""

CELLS = 6
"""How many cells of an added or removed row are shown unless all are asked for."""

LENGTH = 60
"""From how many characters on a text is shown around its first change only, unless all is asked for."""

CONTEXT = 12
"""How many characters before the first change of a long text are shown."""

EMPTY_CELL = Text("（空）", "(empty)")
SAME = Text("单元格内容相同，没有差异。", "No cell differs.")


def lines(found: Differences, catalogue: Catalogue, *, complete: bool = False) -> tuple[Text, ...]:
    """The differences as lines grouped by sheet; ``complete`` leaves nothing out.

    Otherwise long lists are cut with a line that says so, and sheets that commands write themselves show counts.
    """
    if not found:
        return (SAME,)
    words = _Words(catalogue, complete)
    result: list[Text] = []
    people = [sheet for sheet in found.sheets if not sheet.is_owned]
    for sheet in people:
        result += words.sheet(sheet)
    result += [_other(other) for other in found.others]
    for sheet in found.sheets:
        if sheet.is_owned:
            result += words.sheet(sheet) if complete else [summary(sheet)]
    return tuple(result)


def summary(sheet: SheetChange) -> Text:
    """One line for a sheet: how many rows and cells of it differ."""
    added, removed, changed = (sheet.count(one) for one in ("added", "removed", "changed"))
    if sheet.presence == "added":
        return Text(f"{sheet.label.zh}：新增的工作表（{added} 行）", f"{sheet.label.en}: new sheet ({_rows(added)})")
    if sheet.presence == "missing":
        return Text(
            f"{sheet.label.zh}：工作表已不存在（原有 {removed} 行）",
            f"{sheet.label.en}: the sheet is gone (it had {_rows(removed)})",
        )
    cells, written = sheet.cells("value"), sheet.cells("written")
    columns = [len([one for one in sheet.columns if one.presence == presence]) for presence in ("added", "missing")]
    parts = [
        (changed, f"改动 {changed} 行（{cells} 个单元格）", f"{_rows(changed)} changed ({_cells(cells)})"),
        (added, f"新增 {added} 行", f"{_rows(added)} added"),
        (removed, f"删除 {removed} 行", f"{_rows(removed)} removed"),
        (written, f"仅写法不同 {written} 个单元格", f"{_cells(written)} only written differently"),
        (columns[0], f"新增 {columns[0]} 列", f"{_columns(columns[0])} added"),
        (columns[1], f"缺少 {columns[1]} 列", f"{_columns(columns[1])} gone"),
    ]
    there = [(zh, en) for number, zh, en in parts if number]
    return Text(
        f"{sheet.label.zh}：{'，'.join(zh for zh, _ in there)}", f"{sheet.label.en}: {', '.join(en for _, en in there)}"
    )


def summaries(found: Differences) -> tuple[Text, ...]:
    """One line for each sheet that differs; one that says so when none does."""
    return (*map(summary, found.sheets), *map(_other, found.others)) if found else (SAME,)


def _rows(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"


def _cells(number: int) -> str:
    return f"{number} cell" if number == 1 else f"{number} cells"


def _columns(number: int) -> str:
    return f"{number} column" if number == 1 else f"{number} columns"


def _other(other: OtherChange) -> Text:
    if other.presence == "added":
        return Text(f"{other.name}：新增的工作表", f"{other.name}: new sheet")
    if other.presence == "missing":
        return Text(f"{other.name}：工作表已不存在", f"{other.name}: the sheet is gone")
    return Text(
        f"{other.name}：{other.cells} 个单元格不同（按位置比较）",
        f"{other.name}: {_cells(other.cells)} differ{'s' if other.cells == 1 else ''} (compared by position)",
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The wording of one run: labels of a catalogue, and whether everything is shown."""

    catalogue: Catalogue
    complete: bool

    def sheet(self, sheet: SheetChange) -> Iterator[Text]:
        """The lines of one sheet: columns, rows added and removed, cells that people fill in, computed ones."""
        yield summary(sheet)
        if sheet.presence != "both" and not self.complete:
            return
        entries = [*map(_column, sheet.columns), *self._whole(sheet), *self._changed(sheet)]
        limit = len(entries) if self.complete else LINES
        for entry in entries[:limit]:
            yield Text(f"  {entry.zh}", f"  {entry.en}")
        if entries[limit:]:
            rest = len(entries) - limit
            yield Text(f"  …… 还有 {rest} 处，加 --all 全部列出", f"  ... and {rest} more: add --all to list them")

    def _whole(self, sheet: SheetChange) -> Iterator[Text]:
        """Rows that only one of the workbooks has."""
        for row in sheet.rows:
            if row.change != "changed":
                sign = "+" if row.change == "added" else "-"
                name, content = self._row(sheet, row), self._content(sheet, row)
                yield Text(f"{sign} {name.zh}{content.zh}", f"{sign} {name.en}{content.en}")

    def _content(self, sheet: SheetChange, row: RowChange) -> Text:
        """The first filled cells of a row, those that people fill in before the computed ones."""
        cells = sorted(row.cells, key=lambda cell: cell.heading.is_computed)
        listed = [cell for cell in cells if not self._is_in_name(sheet, cell, row)]
        kept = listed if self.complete else listed[:CELLS]
        if not kept:
            return Text("", "")
        parts = [self._value(cell, cell.old if cell.new is None else cell.new) for cell in kept]
        labels = [cell.heading.label for cell in kept]
        more = len(kept) < len(listed)
        zh = "；".join(f"{label.zh} {part.zh}" for label, part in zip(labels, parts, strict=True))
        en = "; ".join(f"{label.en} {part.en}" for label, part in zip(labels, parts, strict=True))
        return Text(f"：{zh}{'；……' if more else ''}", f": {en}{'; ...' if more else ''}")

    def _is_in_name(self, sheet: SheetChange, cell: CellChange, row: RowChange) -> bool:
        name, known = cell.heading.name, self.catalogue.sheets[sheet.id]
        return cell.heading.column is not None and (
            name in identity_of(known) or (name == known.title and bool(row.title))
        )

    def _changed(self, sheet: SheetChange) -> Iterator[Text]:
        """One line a cell of rows that both have; then one line a row with the computed ones, which only follow."""
        changed = [(row, self._row(sheet, row, titled=False)) for row in sheet.rows if row.change == "changed"]
        for row, name in changed:
            for cell in self._shown_cells(row, computed=False):
                change = self._change(cell)
                yield Text(f"{name.zh} {change.zh}", f"{name.en} {change.en}")
        for row, name in changed:
            changes = [self._change(cell) for cell in self._shown_cells(row, computed=True)]
            if changes:
                zh, en = "；".join(one.zh for one in changes), "; ".join(one.en for one in changes)
                yield Text(f"{name.zh}（计算列）{zh}", f"{name.en} (computed) {en}")

    def _shown_cells(self, row: RowChange, *, computed: bool) -> Iterator[CellChange]:
        for cell in row.cells:
            if cell.heading.is_computed == computed and (self.complete or cell.kind != "column"):
                yield cell

    def _change(self, cell: CellChange) -> Text:
        label = cell.heading.label
        if cell.kind == "written":
            old, new = _spelling(cell.old), _spelling(cell.new)
            return Text(
                f"{label.zh}（仅写法不同）：{old} → {new}", f"{label.en} (only written differently): {old} → {new}"
            )
        before, after = self._value(cell, cell.old), self._value(cell, cell.new)
        if not self.complete:
            before, after = _around_change(before, after)
        return Text(f"{label.zh}：{before.zh} → {after.zh}", f"{label.en}: {before.en} → {after.en}")

    def _row(self, sheet: SheetChange, row: RowChange, *, titled: bool = True) -> Text:
        """A row as people call it: sheet, key and title; its row number where the key does not tell it apart."""
        title = ("", "")
        if titled and row.title:
            text = _line(row.title) if self.complete else _cut(_line(row.title))
            title = (f"“{text}”", f' "{text}"')
        number = next((one for one in reversed(row.numbers) if one is not None), 0)
        if not row.key:
            return Text(
                f"{sheet.label.zh} 第 {number} 行（无编号）{title[0]}",
                f"{sheet.label.en} row {number} (no key){title[1]}",
            )
        where = (f"（第 {number} 行）", f" (row {number})") if row.is_repeated else ("", "")
        return Text(
            f"{sheet.label.zh} {row.name.zh}{where[0]}{title[0]}", f"{sheet.label.en} {row.name.en}{where[1]}{title[1]}"
        )

    def _value(self, cell: CellChange, value: Any) -> Text:
        if value is None:
            return EMPTY_CELL
        text = Text(*map(_line, shown(value, cell.heading, self.catalogue)))
        return (
            text
            if self.complete or (cell.kind == "value" and None not in (cell.old, cell.new))
            else Text(*map(_cut, text))
        )


def _column(change: ColumnChange) -> Text:
    label = change.heading.label
    if change.presence == "added":
        return Text(
            f"新增列“{label.zh}”（{change.filled} 个单元格有内容）",
            f"new column '{label.en}' ({_cells(change.filled)} filled)",
        )
    return Text(
        f"缺少列“{label.zh}”（原有 {change.filled} 个单元格有内容）",
        f"column '{label.en}' is gone ({_cells(change.filled)} were filled)",
    )


def _line(text: str) -> str:
    """A text of several lines in one."""
    return " ⏎ ".join(part.strip() for part in text.splitlines()) if "\n" in text or "\r" in text else text


def _cut(text: str) -> str:
    return text if len(text) <= LENGTH else f"{text[: LENGTH - 1]}…"


def _around_change(old: Text, new: Text) -> tuple[Text, Text]:
    """Both texts, shortened to what surrounds their first difference where they are long."""
    zh, en = _window(old.zh, new.zh), _window(old.en, new.en)
    return Text(zh[0], en[0]), Text(zh[1], en[1])


def _window(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= LENGTH:
        return old, new
    common = next(
        (at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), min(len(old), len(new))
    )
    start = max(0, common - CONTEXT)
    cut = [f"{'…' if start else ''}{_cut(text[start:])}" for text in (old, new)]
    return cut[0], cut[1]


def _spelling(cell: Any) -> str:
    """A cell as it is spelt: texts in quotation marks, so that spaces and numbers typed as text can be told."""
    return f"“{_line(cell)}”" if isinstance(cell, str) else plain(cell)
