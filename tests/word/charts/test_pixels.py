"""The bytes of a picture: areas have their very colours, and no pixel is far from what was drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from automation.word.charts.canvas import Paper, drawing
from automation.word.charts.drawing import KINDS
from automation.word.charts.pixels import png_of
from tests.word.charts import samples


def as_numbers(image):
    return np.asarray(image.convert("RGB")).astype(int)


@pytest.mark.parametrize("name", ["gantt", "finishes", "risk matrix", "satisfaction"])
def test_no_pixel_is_far_from_what_was_drawn_and_areas_are_exact(name):
    chart = samples.usual()[name]
    with drawing("zh"):
        (canvas,) = KINDS[type(chart)](chart, Paper("zh"))
        canvas.figure.canvas.draw()
        drawn = Image.fromarray(np.asarray(canvas.figure.canvas.buffer_rgba())).convert("RGB")
    made = Image.open(io.BytesIO(png_of(drawn, dpi=200)))
    assert made.mode == "P"
    assert np.abs(as_numbers(made) - as_numbers(drawn)).max() <= 16
    pixels = drawn.width * drawn.height
    areas = [(count, colour) for count, colour in drawn.getcolors(pixels) if count > pixels / 50]
    kept = dict(map(reversed, made.convert("RGB").getcolors(pixels)))
    assert areas
    assert [colour for count, colour in areas if kept.get(colour, 0) < count] == []


def test_an_image_of_one_colour_stays_it():
    image = Image.new("RGBA", (20, 10), (16, 41, 77, 255))
    assert as_numbers(Image.open(io.BytesIO(png_of(image, dpi=200)))).reshape(-1, 3).tolist() == [[16, 41, 77]] * 200
