"""Texts that become names of files, made safe on Windows, macOS and Linux alike. Not here: where the files go."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
"""Bytes of a name in UTF-8: room for a date and an extension within 255, which every file system can hold."""
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any extension."""


def safe_file_name(text: str, *, instead: str = " ") -> str:
    """The text as a name without extension that every system accepts; ``""`` when nothing of it can stay.

    Separators and the signs that Windows forbids become ``instead``; control and invisible characters go (some turn
    the rest of a name around), and so do blanks and dots at both ends and ``~$``, which marks Office's lock files.
    A name of a device gets ``_`` in front. Cut to ``LONGEST`` bytes between characters.
    """
    # Office writes composed characters, macOS may hand over decomposed ones; equal names must stay equal.
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if character.isspace() else character for character in text)
    text = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    text = " ".join(_UNSAFE.sub(lambda _: instead, text).split()).lstrip("~$. ")
    text = text.encode()[:LONGEST].decode(errors="ignore").strip(". ")
    return f"_{text}" if _RESERVED.fullmatch(text) else text
