"""One look: the colours of pictures are those of documents and of the workbook, and series differ without colour too."""

from __future__ import annotations

from matplotlib.colors import to_rgb

from automation.excel.master import look as workbook
from automation.word.charts import look, series


def test_colours_are_those_of_the_workbook_and_the_templates():
    for name in ("RED", "GOLD", "ORANGE", "TEAL", "GREEN", "INK", "LINE", "STONE"):
        assert getattr(look, name) == getattr(workbook, name)
    assert (workbook.GOOD[0], workbook.FAIR[0], workbook.POOR[0]) == (look.GOOD, look.FAIR, look.POOR)


def grey(colour):
    """How light a colour is in a grey print, 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_done_and_to_do_differ_in_grey():
    assert grey(look.SKY) - grey(look.BLUE) > 0.35
    assert grey(look.ROSE) - grey(look.DARK_RED) > 0.35


def test_words_are_dark_enough_on_white():
    """Contrast as the Web Content Accessibility Guidelines reckon it: at least 4.5 to 1."""

    def light(colour):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for colour in (look.INK, look.NAVY, look.SLATE, look.DARK_RED, look.RUST, look.PINE):
        assert 1.05 / (light(colour) + 0.05) >= 4.5


def test_series_differ_in_marker_and_dash_where_colours_cannot_be_told_apart():
    styles = [series.styled(number) for number in range(8)]
    assert len({style["marker"] for style in styles}) == 8
    assert len({(str(style["dash"]), style["marker"]) for style in styles}) == 8
