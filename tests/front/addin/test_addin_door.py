"""``deliverybook addin ...`` as words on the command line."""

import argparse

import pytest

from automation.base.errors import UsageError
from automation.front.addin import bundle, doctor, door, server, setup
from automation.front.output import Result
from automation.front.session import Common


def run(*words, **common):
    parser = argparse.ArgumentParser()
    door.arguments(parser)
    return door.run(parser.parse_args(words), Common(**common))


@pytest.fixture
def calls(monkeypatch, windows):
    """What was called with which options."""
    made = []

    def noting(name):
        def call(*values, **options):
            made.append((name, values[1:] if name != "bundle" else values, options))
            return Result(name, "", 0)

        return call

    monkeypatch.setattr("automation.front.addin.places.places_here", lambda: windows)
    monkeypatch.setattr(setup, "install", noting("install"))
    monkeypatch.setattr(setup, "uninstall", noting("uninstall"))
    monkeypatch.setattr(doctor, "doctor", noting("doctor"))
    monkeypatch.setattr(server, "run", noting("server"))
    monkeypatch.setattr(bundle, "bundle", noting("bundle"))
    return made


def test_each_word_reaches_its_function_with_its_options(calls, tmp_path):
    run("install", "--server", "--file", str(tmp_path), language="en", dry_run=True)
    run("uninstall")
    run("doctor", language="en")
    run("server")
    run("bundle", str(tmp_path), "--platform", "win_amd64", "--python-version", "3.12")
    assert calls == [
        ("install", (), {"language": "en", "addin": tmp_path, "server": True, "dry_run": True}),
        ("uninstall", (), {"language": "zh", "dry_run": False}),
        ("doctor", (), {"language": "en"}),
        ("server", (), {"language": "zh"}),
        ("bundle", (tmp_path, bundle.Target("win_amd64", "3.12")), {"wheel": None, "language": "zh"}),
    ]


def test_a_bundle_needs_a_folder(calls):
    with pytest.raises(UsageError):
        run("bundle")
    assert calls == []


def test_nothing_of_xlwings_or_packaging_loads_for_the_words():
    import subprocess
    import sys

    code = (
        "import argparse, sys; from automation.front.addin import door; door.arguments(argparse.ArgumentParser());"
        "print({'xlwings', 'packaging', 'subprocess', 'filelock', 'zipfile'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
