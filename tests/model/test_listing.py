"""Lists as values and as lines of a terminal."""

from datetime import date, datetime
from decimal import Decimal

from automation.base.findings import Text
from automation.model.listing import ListColumn, Listing, shown, table

ABOUT = Text("说明", "about")
LIST = Listing(
    ABOUT,
    ABOUT,
    (ListColumn("who", Text("谁", "Who")), ListColumn("sum", Text("金额", "Amount"), "money")),
    (("王", Decimal("1234.5")), (Text("李", "Li"), None), ("a\x1b[31m\nb" + "长" * 60, Decimal(1))),
)


def test_values_are_shown_as_people_read_them():
    wanted = {
        (date(2026, 6, 12), "date"): "2026-06-12",
        (datetime(2026, 6, 12, 9, 5), "moment"): "2026-06-12 09:05:00",
        (55.25, "percent"): "55.2",
        (0.777, "ratio"): "0.78",
        (None, "whole"): "",
        (0, "whole"): "0",
    }
    assert {given: shown(*given, "zh") for given in wanted} == wanted


def test_a_terminal_gets_columns_of_one_line_without_signs_that_control_it():
    lines = table(LIST, "en")
    assert lines[0].split() == ["Who", "Amount"]
    assert lines[1].split() == ["王", "1,234"]
    assert lines[2].split() == ["Li", "-"]
    assert lines[3].startswith("a [31m b长长")
    assert lines[3].endswith("…       1")


def test_columns_can_be_chosen_and_the_last_rows():
    assert table(LIST, "zh", only=("who",), last=2)[:2] == ["谁", "李"]
    assert LIST.values("en")[1] == {"who": "Li", "sum": None}
