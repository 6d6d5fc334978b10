"""A Word document as a command made it: all its text, whatever part it stands in."""

import re
import zipfile
from pathlib import Path


def text_of(path):
    """The text of every part of a Word file, tags left out."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml")]
    return "\n".join(re.sub(r"<[^>]+>", "", part) for part in parts)


def raw_of(path):
    """Every part of a Word file as it is stored, tags included."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())


def made(book, folder, identifier, *words):
    """The path of the one document that ``deliverybook document`` makes."""
    found = book.command("document", identifier, "--out", folder, *words)
    (path,) = found["documents"]
    return Path(path)
