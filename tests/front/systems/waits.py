"""Parts of the acceptance of systems that wait for a Word document or for the nightly run, by system."""

from automation.commands.documents import DOCUMENTS as KINDS

_NEEDED = {
    "S01": ("D06", "D12"),
    "S02": ("D07", "D09"),
    "S03": ("D15",),
    "S04": ("D04",),
    "S06": ("D29",),
    "S08": ("D21",),
    "S09": ("D03", "D05", "D23"),
    "S10": ("D02",),
    "S16": ("D16",),
    "S17": ("D20",),
    "S20": ("D24",),
    "S21": ("D11",),
}
DOCUMENTS = [
    f"{system} waits for {name}"
    for system, names in _NEEDED.items()
    for name in names
    if name not in {one.id for one in KINDS}
] or ["S none"]
"""What waits still; a document that exists waits no more and has a test of its own."""
OTHERS = ["S12 waits for D28 by the nightly run"]
