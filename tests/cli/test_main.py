"""The command as a whole: its parser, what a run ends with, what it imports."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import gklint as package
from gklint.cli import check
from gklint.cli.main import COMMANDS, build_parser, main
from gklint.errors import Exit
from tests.cli.command import CLEAN, MARKED, PACK, ROOT, gklint, write


def test_version(tmp_path: Path) -> None:
    done = gklint("--version", cwd=tmp_path, rules=False)
    first, python, libraries, *_ = done.out.splitlines()
    assert (done.status, done.err) == (0, "")
    assert first == f"gklint {package.__version__}"
    assert python.startswith(f"Python {sys.version_info[0]}.{sys.version_info[1]}.")
    assert "ruamel.yaml 0" in libraries
    assert "configuration: none" in done.out
    for pack in (ROOT / "rules").glob("*.yaml"):
        assert f"pack {pack.stem}: {pack}\n" in done.out


def test_version_with_a_faulty_configuration_says_so_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "gklint.yaml").write_text("x: 1\n", "utf-8")
    done = gklint("-V", cwd=tmp_path, rules=False)
    assert done.status == 0
    assert done.out.startswith(f"gklint {package.__version__}\n")
    assert "\nerror: gklint.yaml:1:1: unknown key 'x'" in done.out


def test_every_command_has_its_module_and_its_help(tmp_path: Path) -> None:
    [commands] = (action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert list(commands.choices) == list(COMMANDS)
    for name in COMMANDS:
        done = gklint(name, "--help", cwd=tmp_path, rules=False)
        assert done.status == 0
        assert done.out.startswith(f"usage: gklint {name} ")


def test_no_command(tmp_path: Path) -> None:
    done = gklint(cwd=tmp_path, rules=False)
    assert (done.status, done.out) == (2, "")
    assert "check" in done.err
    assert gklint("chekc", cwd=tmp_path, rules=False).status == 2


def test_the_schema_is_the_packs(tmp_path: Path) -> None:
    done = gklint("schema", cwd=tmp_path, rules=False)
    assert done.status == 0
    assert done.out == (ROOT / "gklint" / "packs" / "pack.schema.json").read_text("utf-8")
    done = gklint("schema", "--config", cwd=tmp_path, rules=False)
    assert done.status == 0
    assert done.out == (ROOT / "gklint" / "config" / "config.schema.json").read_text("utf-8")


def test_the_help_of_check_fits_a_screen(tmp_path: Path) -> None:
    done = gklint("check", "--help", cwd=tmp_path, rules=False, environment={"COLUMNS": "100"})
    assert len(done.out.splitlines()) <= 60
    assert max(map(len, done.out.splitlines())) <= 100


def break_it(*_: object) -> int:
    raise ZeroDivisionError("nought\x1b[31m")


def test_a_failure_of_our_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "run", break_it)
    monkeypatch.delenv("GKLINT_DEBUG", raising=False)
    assert main(["check"]) == Exit.FAILURE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("gklint: error: gklint failed: ZeroDivisionError: nought\\x1b[31m\n")
    assert f"gklint {package.__version__} (Python {sys.version_info[0]}." in err
    assert "Please report it" in err
    assert "Traceback" not in err
    monkeypatch.setenv("GKLINT_DEBUG", "1")
    assert main(["check"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_failure_says_at_which_file(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN, b=MARKED)
    (tmp_path / "sitecustomize.py").write_text(
        "import gklint.linter as linter\n"
        "lint = linter.lint_source\n"
        "def broken(source, packs, format=None):\n"
        "    return lint(source, packs) if source.path == 'a.md' else 1 / 0\n"
        "linter.lint_source = broken\n",
        "utf-8",
    )
    done = gklint("check", cwd=tmp_path, environment={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("gklint: error: gklint failed (while checking 'b.md'): ZeroDivisionError: ")


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "run", interrupt)
    assert main(["check"]) == 128 + signal.SIGINT
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("words", [["rule"], ["check", ".", "--output-format=json"]])
def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path, words: list[str]) -> None:
    for number in range(40):
        write(tmp_path, **{f"a{number}": MARKED})
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "gklint", *words]
    if words[0] == "check":
        command += ["--no-builtin-rules", f"--rules={PACK}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GKLINT_CACHE_DIR": ""}
    done = subprocess.run(
        command, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, env=environment, timeout=60, check=False
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 141


HEAVY = ["jsonschema", "ruamel.yaml", "pathspec", "markdown_it", "asyncio", "difflib", "hashlib", "shutil", "traceback"]


def imported(tmp_path: Path, *words: str) -> set[str]:
    script = "import sys; from gklint.cli.main import main; main(); print(*sys.modules, sep=chr(10), file=sys.stderr)"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=tmp_path,
        # What measures coverage imports much itself.
        env={**plain, "PYTHONPATH": str(ROOT), "GKLINT_CACHE_DIR": str(tmp_path / ".cache")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return set(done.stderr.splitlines())


def test_what_is_not_needed_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("收成\n", "utf-8")
    assert not {"gklint.packs", "gklint.runner", "gklint.findings"} & imported(tmp_path, "--help")
    words = ["check", "a.txt", "--no-builtin-rules", "--rules", str(PACK)]
    imported(tmp_path, *words)
    loaded = imported(tmp_path, *words)
    assert "gklint.documents.text" in loaded
    assert not {*HEAVY, "gklint.documents.html", "gklint.cli.show", "gklint.output.full"} & loaded
