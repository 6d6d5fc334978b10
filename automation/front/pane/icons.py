"""Pictures of the add-in and of its buttons, drawn here from lines, boxes and circles; always the same bytes.

Not here: which button has which picture by name (``commands.registry`` names Office's own, which add-ins cannot use).
"""

from __future__ import annotations

import math
import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

SIZES = (16, 32, 64, 80, 128, 192)
INK, BLUE, GREEN, AMBER, WHITE = (
    (0x1B, 0x36, 0x5D),
    (0x2F, 0x6D, 0xB5),
    (0x2E, 0x8B, 0x57),
    (0xD9, 0x8E, 0x04),
    (255,) * 3,
)
Colour = tuple[int, ...]


class Line(NamedTuple):
    """A line with round ends; all lengths as shares of the picture's side."""

    left: float
    top: float
    right: float
    bottom: float
    width: float
    colour: Colour

    def distance(self, x: float, y: float) -> float:
        """How far outside of the shape a point lies, negative inside."""
        dx, dy = self.right - self.left, self.bottom - self.top
        along = ((x - self.left) * dx + (y - self.top) * dy) / ((dx * dx + dy * dy) or 1)
        along = min(max(along, 0.0), 1.0)
        return math.hypot(x - self.left - along * dx, y - self.top - along * dy) - self.width / 2


class Box(NamedTuple):
    """A filled box with round corners."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float
    colour: Colour

    def distance(self, x: float, y: float) -> float:
        """How far outside of the shape a point lies, negative inside."""
        across = abs(x - (self.left + self.right) / 2) - (self.right - self.left) / 2 + self.radius
        down = abs(y - (self.top + self.bottom) / 2) - (self.bottom - self.top) / 2 + self.radius
        return math.hypot(max(across, 0), max(down, 0)) + min(max(across, down), 0) - self.radius


class Ring(NamedTuple):
    """A circle's line around a centre."""

    x: float
    y: float
    radius: float
    width: float
    colour: Colour

    def distance(self, x: float, y: float) -> float:
        """How far outside of the shape a point lies, negative inside."""
        return abs(math.hypot(x - self.x, y - self.y) - self.radius) - self.width / 2


Shape = Line | Box | Ring


def _tick(left: float, top: float, size: float, colour: Colour, width: float = 0.12) -> tuple[Shape, ...]:
    """A tick in a square of that size."""
    low, right = top + size * 0.8, left + size
    bend = left + size * 0.36
    return (
        Line(left, top + size * 0.45, bend, low, width, colour),
        Line(bend, low, right, top + size * 0.1, width, colour),
    )


_PAGE = (Box(0.2, 0.06, 0.8, 0.94, 0.07, INK), Box(0.26, 0.12, 0.74, 0.88, 0.03, WHITE))
_GRID = (
    Box(0.06, 0.12, 0.94, 0.88, 0.07, INK),
    Box(0.13, 0.32, 0.45, 0.53, 0.02, WHITE),
    Box(0.52, 0.32, 0.87, 0.53, 0.02, WHITE),
    Box(0.13, 0.6, 0.45, 0.81, 0.02, WHITE),
    Box(0.52, 0.6, 0.87, 0.81, 0.02, WHITE),
)

PICTURES: dict[str, tuple[Shape, ...]] = {
    "deliverybook": (
        Box(0.0, 0.0, 1.0, 1.0, 0.2, INK),
        Box(0.2, 0.16, 0.8, 0.84, 0.06, WHITE),
        Box(0.2, 0.16, 0.32, 0.84, 0.05, BLUE),
        *_tick(0.4, 0.3, 0.34, GREEN, 0.09),
    ),
    "entries": (*_GRID,),
    "plan": (
        Box(0.08, 0.12, 0.56, 0.3, 0.05, BLUE),
        Box(0.3, 0.41, 0.78, 0.59, 0.05, INK),
        Box(0.52, 0.7, 0.94, 0.88, 0.05, BLUE),
    ),
    "requirements": (
        *_PAGE,
        *_tick(0.34, 0.22, 0.24, GREEN, 0.08),
        Line(0.35, 0.62, 0.65, 0.62, 0.07, BLUE),
        Line(0.35, 0.76, 0.54, 0.76, 0.07, BLUE),
    ),
    "analysis": (
        Line(0.1, 0.9, 0.92, 0.9, 0.07, INK),
        Box(0.16, 0.52, 0.34, 0.84, 0.03, BLUE),
        Box(0.42, 0.3, 0.6, 0.84, 0.03, INK),
        Box(0.68, 0.1, 0.86, 0.84, 0.03, GREEN),
    ),
    "documents": (
        *_PAGE,
        Line(0.35, 0.32, 0.65, 0.32, 0.07, BLUE),
        Line(0.35, 0.5, 0.65, 0.5, 0.07, BLUE),
        Line(0.35, 0.68, 0.54, 0.68, 0.07, BLUE),
    ),
    "workbook": (
        Box(0.12, 0.08, 0.88, 0.92, 0.08, INK),
        Box(0.3, 0.15, 0.81, 0.85, 0.03, WHITE),
        Line(0.41, 0.34, 0.7, 0.34, 0.07, BLUE),
        Line(0.41, 0.52, 0.7, 0.52, 0.07, BLUE),
    ),
    "pane": (
        Box(0.06, 0.1, 0.94, 0.9, 0.07, INK),
        Box(0.13, 0.17, 0.53, 0.83, 0.03, WHITE),
        Box(0.6, 0.17, 0.87, 0.83, 0.03, (0xDD, 0xEB, 0xF7)),
        Line(0.68, 0.34, 0.79, 0.34, 0.07, BLUE),
        Line(0.68, 0.52, 0.79, 0.52, 0.07, BLUE),
        Line(0.68, 0.7, 0.79, 0.7, 0.07, BLUE),
    ),
    "check": (Ring(0.5, 0.5, 0.38, 0.1, INK), *_tick(0.3, 0.3, 0.4, GREEN)),
    "check-sheet": (*_PAGE, *_tick(0.34, 0.32, 0.34, GREEN, 0.1)),
    "repair": (
        Line(0.14, 0.86, 0.62, 0.38, 0.13, INK),
        Line(0.75, 0.06, 0.75, 0.36, 0.08, AMBER),
        Line(0.6, 0.21, 0.9, 0.21, 0.08, AMBER),
        Line(0.32, 0.1, 0.32, 0.26, 0.07, AMBER),
        Line(0.24, 0.18, 0.4, 0.18, 0.07, AMBER),
        Line(0.84, 0.56, 0.84, 0.72, 0.07, AMBER),
        Line(0.76, 0.64, 0.92, 0.64, 0.07, AMBER),
    ),
    "new-row": (
        Box(0.06, 0.12, 0.94, 0.34, 0.05, INK),
        Box(0.06, 0.42, 0.94, 0.54, 0.04, (0xB8, 0xC4, 0xD4)),
        Line(0.5, 0.64, 0.5, 0.94, 0.1, GREEN),
        Line(0.35, 0.79, 0.65, 0.79, 0.1, GREEN),
    ),
    "baseline": (
        Line(0.24, 0.08, 0.24, 0.92, 0.1, INK),
        Box(0.28, 0.12, 0.86, 0.5, 0.04, BLUE),
        Line(0.1, 0.92, 0.9, 0.92, 0.08, INK),
    ),
    "forecast": (
        Line(0.1, 0.08, 0.1, 0.9, 0.09, INK),
        Line(0.1, 0.9, 0.92, 0.9, 0.09, INK),
        Line(0.24, 0.7, 0.46, 0.48, 0.1, BLUE),
        Line(0.46, 0.48, 0.62, 0.58, 0.1, BLUE),
        Line(0.62, 0.58, 0.88, 0.22, 0.1, AMBER),
    ),
    "backup": (
        Box(0.1, 0.06, 0.66, 0.7, 0.06, (0xB8, 0xC4, 0xD4)),
        Box(0.32, 0.26, 0.9, 0.94, 0.06, INK),
        Box(0.38, 0.32, 0.84, 0.88, 0.03, WHITE),
        *_tick(0.46, 0.44, 0.3, GREEN, 0.08),
    ),
    "undo": (
        Line(0.12, 0.36, 0.34, 0.14, 0.1, BLUE),
        Line(0.12, 0.36, 0.34, 0.58, 0.1, BLUE),
        Line(0.14, 0.36, 0.62, 0.36, 0.1, INK),
        Line(0.62, 0.36, 0.8, 0.44, 0.1, INK),
        Line(0.8, 0.44, 0.86, 0.6, 0.1, INK),
        Line(0.86, 0.6, 0.8, 0.76, 0.1, INK),
        Line(0.8, 0.76, 0.62, 0.84, 0.1, INK),
        Line(0.62, 0.84, 0.36, 0.84, 0.1, INK),
    ),
    "settings": (
        Line(0.1, 0.24, 0.9, 0.24, 0.08, INK),
        Line(0.1, 0.5, 0.9, 0.5, 0.08, INK),
        Line(0.1, 0.76, 0.9, 0.76, 0.08, INK),
        Box(0.22, 0.13, 0.44, 0.35, 0.11, BLUE),
        Box(0.58, 0.39, 0.8, 0.61, 0.11, BLUE),
        Box(0.3, 0.65, 0.52, 0.87, 0.11, BLUE),
    ),
    "guide": (
        Ring(0.5, 0.5, 0.4, 0.1, INK),
        Box(0.43, 0.22, 0.57, 0.36, 0.07, BLUE),
        Line(0.5, 0.5, 0.5, 0.72, 0.12, BLUE),
    ),
    "outline": (
        Box(0.2, 0.1, 0.3, 0.9, 0.03, WHITE),
        Box(0.36, 0.1, 0.8, 0.18, 0.02, WHITE),
        Box(0.36, 0.82, 0.8, 0.9, 0.02, WHITE),
        Box(0.74, 0.1, 0.82, 0.9, 0.02, WHITE),
        *_tick(0.42, 0.36, 0.24, WHITE, 0.09),
    ),
}
"""Shapes of each picture, from the back to the front: by command, by group of the ribbon, and of the add-in itself."""


def picture_of(command: str, group: str) -> str:
    """The name of the picture of a command: its own, else that of its group."""
    return command if command in PICTURES else group


@lru_cache(maxsize=128)
def png(name: str, size: int) -> bytes:
    """A picture with transparent ground, ``size`` by ``size`` pixels. Raises KeyError for a name that is none."""
    shapes = PICTURES[name]
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            rows += _pixel(shapes, (column + 0.5) / size, (row + 0.5) / size, size)
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _pixel(shapes: tuple[Shape, ...], x: float, y: float, size: int) -> bytes:
    """Red, green, blue and opacity of a pixel; shapes at its edge cover a share of it."""
    red = green = blue = opacity = 0.0
    for shape in shapes:
        cover = min(max(0.5 - shape.distance(x, y) * size, 0.0), 1.0)
        if not cover:
            continue
        behind = opacity * (1 - cover)
        opacity = cover + behind
        share = cover / opacity
        red += (shape.colour[0] - red) * share
        green += (shape.colour[1] - green) * share
        blue += (shape.colour[2] - blue) * share
    return bytes((round(red), round(green), round(blue), round(opacity * 255)))
