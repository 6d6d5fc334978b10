"""The offline bundle: everything the target needs is in it, whatever system makes it, and the scripts do their work."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from automation import __version__
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.front.addin import bundle as bundling
from automation.front.addin.bundle import Target, bundle, missing, run_pip

WINDOWS = Target("win_amd64", "3.11")
MACOS = Target("macosx_11_0_arm64", "3.12")
INDEX = {
    "deliverybook": (__version__, ["xlwings<0.40,>=0.33", "tqdm>=4.66", "pytest>=8; extra == 'test'"]),
    "xlwings": (
        "0.37.8",
        [
            "pywin32>=224; platform_system == 'Windows'",
            "appscript>=1; platform_system == 'Darwin'",
            "black; extra == 'all'",
        ],
    ),
    "tqdm": ("4.67", ["colorama; platform_system == 'Windows'", "backport; python_version < '3.12'"]),
    "pywin32": ("312", []),
    "appscript": ("1.5", ["lxml>=5; platform_machine == 'arm64'"]),
    "colorama": ("0.4.6", []),
    "backport": ("2.0", []),
    "lxml": ("6.0", []),
}
"""Distributions by name: version and requirements."""


def wheel(folder, name):
    version, requires = INDEX[name]
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as package:
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in requires), "", "Text"]
        package.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines))
    return path


class FakePip:
    """A pip that, as the real one, leaves out what its own system (here: none) does not need."""

    def __init__(self):
        self.calls = []

    def __call__(self, words):
        self.calls.append(list(words))
        folder = Path(words[words.index("--dest" if "--dest" in words else "--wheel-dir") + 1])
        if "--no-deps" in words:
            wheel(folder, "deliverybook")
            return
        for name in ("xlwings", "tqdm"):
            wheel(folder, name)
        for name in INDEX:
            if any(re.match(rf"{name}\b(?!/)", word) for word in words):
                wheel(folder, name)


@pytest.fixture
def pip():
    return FakePip()


def names(folder):
    return {path.name.partition("-")[0] for path in (folder / "wheels").iterdir()}


class TestWheels:
    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            (WINDOWS, {"deliverybook", "xlwings", "tqdm", "pywin32", "colorama", "backport"}),
            (MACOS, {"deliverybook", "xlwings", "tqdm", "appscript", "lxml"}),
        ],
    )
    def test_what_only_the_target_needs_is_there(self, tmp_path, pip, target, expected):
        result = bundle(tmp_path / "new", target, pip=pip)
        assert names(tmp_path / "new") == expected
        assert result.figures["wheels"] == len(expected)

    def test_pip_is_told_the_target_and_never_a_name_that_could_be_another_package(self, tmp_path, pip):
        bundle(tmp_path / "new", WINDOWS, pip=pip)
        words = pip.calls[1]
        assert words[words.index("--platform") + 1] == "win_amd64"
        assert words[words.index("--python-version") + 1] == "3.11"
        assert "--only-binary=:all:" in words
        (own,) = (word for word in words if word.endswith(".whl"))
        assert Path(own).is_absolute()

    def test_for_this_system_pip_decides_by_itself(self, tmp_path, pip):
        here = Target("", f"{sys.version_info.major}.{sys.version_info.minor}")
        assert here.here
        bundle(tmp_path / "new", here, pip=pip)
        assert "--platform" not in pip.calls[1]
        assert not missing(tmp_path / "new" / "wheels", here)

    def test_a_wheel_that_is_given_is_taken(self, tmp_path, pip):
        own = wheel(tmp_path, "deliverybook")
        bundle(tmp_path / "new", WINDOWS, wheel=own, pip=pip)
        assert all("--no-deps" not in call for call in pip.calls)
        with pytest.raises(UsageError) as error:
            bundle(tmp_path / "other", WINDOWS, wheel=tmp_path / "none.whl", pip=pip)
        assert error.value.code == "NO_FILE"

    def test_a_version_that_does_not_fit_counts_as_missing(self, tmp_path):
        for name in ("xlwings", "pywin32"):
            wheel(tmp_path, name)
        assert missing(tmp_path, WINDOWS) == []
        old = tmp_path / "pywin32-312-py3-none-any.whl"
        with zipfile.ZipFile(old, "w") as package:
            package.writestr("pywin32-200.dist-info/METADATA", "Name: pywin32\nVersion: 200\n\n")
        assert missing(tmp_path, WINDOWS) == ["pywin32>=224"]

    def test_what_pip_never_brings_is_named(self, tmp_path, pip):
        def lazy(words):
            pip(words if "--no-deps" in words else [word for word in words if not word.startswith("pywin32")])

        with pytest.raises(UsageError) as error:
            bundle(tmp_path / "new", WINDOWS, pip=lazy)
        assert (error.value.code, "pywin32>=224" in error.value.text.zh) == ("ADDIN_BUNDLE", True)
        assert len(pip.calls) == 1 + bundling.ROUNDS

    def test_after_a_failure_it_can_be_made_again(self, tmp_path, pip):
        def broken(words):
            raise UsageError(Text("坏", "bad"), code="ADDIN_BUNDLE")

        with pytest.raises(UsageError):
            bundle(tmp_path / "new", WINDOWS, pip=broken)
        assert bundle(tmp_path / "new", WINDOWS, pip=pip).exit == 0

    def test_pip_s_own_complaint_is_quoted(self):
        with pytest.raises(UsageError) as error:
            run_pip(["download", "--no-index", "--dest", "x", "deliverybook-that-is-not-there"])
        assert "deliverybook-that-is-not-there" in error.value.text.en


class TestRefused:
    def test_a_folder_that_holds_something(self, tmp_path, pip):
        (tmp_path / "mine.txt").write_text("x")
        with pytest.raises(UsageError) as error:
            bundle(tmp_path, WINDOWS, pip=pip)
        assert (error.value.code, [path.name for path in tmp_path.iterdir()]) == ("EXISTS", ["mine.txt"])

    @pytest.mark.parametrize(
        "target", [Target("amiga", "3.11"), Target("win_amd64; rm", "3.11"), Target("", "3"), Target("", "3.11 x")]
    )
    def test_a_target_that_does_not_exist(self, tmp_path, pip, target):
        with pytest.raises(UsageError) as error:
            bundle(tmp_path / "new", target, pip=pip)
        assert (error.value.code, pip.calls) == ("ADDIN_TARGET", [])


class TestFiles:
    @pytest.fixture
    def made(self, tmp_path, pip):
        bundle(tmp_path / "new", WINDOWS, pip=pip)
        return tmp_path / "new"

    def test_every_file_is_in_the_list_of_sums(self, made):
        listed = dict(reversed(line.split("  ")) for line in (made / "SHA256SUMS").read_text().splitlines())
        present = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
        assert set(listed) == present - {"SHA256SUMS"}
        for name, sha in listed.items():
            assert hashlib.sha256((made / name).read_bytes()).hexdigest() == sha

    def test_a_damaged_wheel_is_found_before_anything_is_installed(self, made):
        def verify():
            return subprocess.run([sys.executable, made / "verify.py"], capture_output=True, text=True, check=False)

        assert (verify().returncode, verify().stdout) == (0, "")
        with next((made / "wheels").glob("tqdm*")).open("ab") as file:
            file.write(b"x")
        done = verify()
        assert (done.returncode, done.stdout.startswith("wheels/tqdm-")) == (1, True)

    def test_the_command_file_of_windows_is_one_that_its_interpreter_reads(self, made):
        data = (made / "install.cmd").read_bytes()
        lines = data.decode("utf-8").split("\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert not data.startswith(b"\xef\xbb\xbf")
        assert "@" not in "".join(lines[1:])
        for line in lines:
            if line.strip().startswith("echo"):
                assert not set(line) & set("()&|<>^"), line
            else:
                assert line.isascii(), line
            assert not re.match(r"\s*(goto|call|:)", line), line
            assert "%" not in re.sub(r"%(VENV|PY|LOCALAPPDATA)%|%~dp0|%\*", "", line), line
            assert "%" not in line or not line.startswith("  "), line
        assert f"deliverybook=={__version__}" in data.decode()
        assert 'set "PY=py -3.11"' in data.decode()
        assert "sys.exit(sys.version_info[:2] != (3, 11))" in data.decode()

    def test_the_script_of_macos_is_sound_for_a_shell(self, made):
        script = made / "install.command"
        assert os.access(script, os.X_OK)
        assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0
        assert b"@" not in script.read_bytes().replace(b'"$@"', b"")
        assert b"\r" not in script.read_bytes()

    def test_the_script_says_which_python_is_missing(self, made, tmp_path):
        (made / "install.command").write_text(
            (made / "install.command").read_text("utf-8").replace("3.11", "3.99"), encoding="utf-8"
        )
        home = tmp_path / "home"
        home.mkdir()
        done = subprocess.run(
            ["/bin/sh", made / "install.command"],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(home)},
        )
        assert (done.returncode, "Python 3.99 is missing" in done.stdout) == (1, True)
        assert list(home.iterdir()) == []

    def test_the_page_is_in_both_languages_and_opens_in_notepad(self, made):
        data = (made / "README.txt").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert "离线安装包" in data.decode()
        assert "Quit Excel." in data.decode()
