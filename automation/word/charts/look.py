"""How pictures look: the colours of the Word templates and of the workbook, sizes of text, hatching.

Colour never says anything alone: what is critical is hatched as well, what is done is darker, series differ by line and
marker. Not here: fonts (``fonts``).
"""

from __future__ import annotations

from typing import Final

from automation.word.design import styles

NAVY: Final = f"#{styles.NAVY}"
BLUE: Final = f"#{styles.ACCENT}"
SLATE: Final = f"#{styles.GREY}"
RULE: Final = f"#{styles.RULE}"
MIST: Final = f"#{styles.LABEL_FILL}"
DARK_RED: Final = f"#{styles.WARNING}"
WHITE: Final = f"#{styles.WHITE}"
INK: Final = "#1F2937"
LINE: Final = "#D5DCE5"
PALE: Final = "#F7F9FB"
SKY: Final = "#BCD3EE"
STONE: Final = "#8793A3"
ROSE: Final = "#F9D6D3"
RED: Final = "#C93A32"
GOLD: Final = "#E3A325"
ORANGE: Final = "#E07B2A"
RUST: Final = "#A9520C"
PINE: Final = "#146668"
TEAL: Final = "#1F8A8C"
GREEN: Final = "#3C9A5F"
"""The last ones are those of the workbook's sheets (``excel.master.look``), rust and pine are darker than orange
and teal, for text."""

GOOD: Final = "#D8F0DF"
FAIR: Final = "#FCEBC3"
POOR: Final = "#F9D6D3"

NOTE, SMALL, BODY, HEAD, TITLE = 6.0, 6.5, 7.5, 8.0, 10.0
"""Points: marks within a picture, labels of axes, names, heads of columns, the title of a picture on its own."""
THIN, LINE_WIDTH, STRONG = 0.5, 1.0, 1.8
"""Points."""
CRITICAL_HATCH: Final = "////////"
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "h")
DASHES: Final = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)), (0, (3, 1)), (0, (8, 2)))
SERIES: Final = (NAVY, ORANGE, TEAL, DARK_RED, BLUE, GOLD, SLATE, GREEN)
"""Colours of series, each darker or lighter than its neighbours in grey too."""
