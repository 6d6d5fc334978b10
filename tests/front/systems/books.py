"""A demonstration workbook as its users change it: cells by sheet, key and column identifier, through the command line."""

import json

from python_calamine import CalamineWorkbook

from automation.model.tables import column_letters
from tests.tables import catalogue


class Book:
    """A copy of the demonstration workbook in Chinese, with what a test types and reads."""

    def __init__(self, path, run):
        self.path, self.run = path, run

    def command(self, name, *words):
        """The JSON that a command gives; ``exit`` in it is its exit code."""
        return self.run(name, self.path, *words, "--format", "json").json

    def findings(self, rule, *words):
        """The rows on which ``check`` reports a rule."""
        found = self.command("check", *words)["findings"]
        return {one["key"] for one in found if one["rule"] == rule and one["status"] != "resolved"}

    def finding(self, rule, key):
        """One finding of ``check``."""
        return next(one for one in self.command("check")["findings"] if (one["rule"], one["key"]) == (rule, key))

    def type(self, sheet, key, **cells):
        """Values typed into a row, by column identifier, list values by code; ``None`` empties a cell."""
        self._write([(sheet, self._number(sheet, key), name, value) for name, value in cells.items()])

    def add(self, sheet, **cells):
        """A row typed below the table."""
        number = len(self.rows(sheet)) + 1
        self._write([(sheet, number, name, value) for name, value in cells.items()])

    def add_all(self, sheet, rows):
        """Several rows typed below the table."""
        first = len(self.rows(sheet)) + 1
        self._write([(sheet, first + at, name, value) for at, row in enumerate(rows) for name, value in row.items()])

    def value(self, sheet, key, column):
        """What a cell holds."""
        rows = self.rows(sheet)
        return rows[self._number(sheet, key) - 1][rows[0].index(self._label(sheet, column))]

    def rows(self, sheet):
        """All rows of a sheet with its header."""
        book = CalamineWorkbook.from_path(str(self.path))
        return book.get_sheet_by_name(catalogue().sheets[sheet].label.zh).to_python(skip_empty_area=False)

    def _label(self, sheet, column):
        return catalogue().sheets[sheet].column(column).label.zh

    def _number(self, sheet, key):
        rows = self.rows(sheet)
        place = rows[0].index(self._label(sheet, catalogue().sheets[sheet].key))
        return next(number for number, row in enumerate(rows, 1) if str(row[place]) == key)

    def _write(self, cells):
        headers = {sheet: self.rows(sheet)[0] for sheet in {cell[0] for cell in cells}}
        wanted = []
        for sheet, number, name, value in cells:
            column = catalogue().sheets[sheet].column(name)
            shown = (
                catalogue().label(column, value, "zh") if isinstance(value, str) and column.kind == "enum" else value
            )
            where = f"{column_letters(headers[sheet].index(column.label.zh) + 1)}{number}"
            wanted.append(
                {
                    "sheet": catalogue().sheets[sheet].label.zh,
                    "cell": where,
                    "value": {"date": shown} if column.kind == "date" and shown else shown,
                }
            )
        path = self.path.with_suffix(".cells.json")
        path.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
        result = self.run("write", self.path, "--cells", path, "--format", "json")
        assert result.exit == 0, result.err
