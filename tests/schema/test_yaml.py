"""YAML that people write: plain data, and never code, gigabytes or the end of the process."""

from pathlib import Path

import pytest
import yaml

from automation.schema.catalogue import DEEPEST, parse_yaml

ROOT = Path(__file__).resolve().parents[2]

LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    "text",
    [
        'x: !!python/object/apply:os.system ["true"]',
        "x: !!python/name:os.system",
        "x: !!python/object/new:os.system [true]",
        LAUGHS,
        "a: &a {b: *a}",
        "x: " + "[" * 100_000 + "]" * 100_000,
        "x: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        "day: 2026-13-45",
        "number: " + "9" * 6000,
        "x: [",
        "\x00",
    ],
)
def test_what_is_no_plain_data_is_an_error_of_yaml(text):
    with pytest.raises(yaml.YAMLError):
        parse_yaml(text)


def test_plain_data_is_read():
    assert parse_yaml("a: {b: [1, '*x', \"&y\"], c: 是}") == {"a": {"b": [1, "*x", "&y"], "c": "是"}}
    assert parse_yaml("") is None


def test_every_file_of_ours_is_plain_data():
    for path in (*ROOT.glob("schemas/**/*.yaml"), *ROOT.glob("automation/demo/**/*.yaml"), ROOT / "config.yaml"):
        assert parse_yaml(path.read_text("utf-8")) == yaml.safe_load(path.read_text("utf-8"))
