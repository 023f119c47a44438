"""The quick reading of command lines says what argparse says, or nothing."""

from __future__ import annotations

import argparse
import contextlib
import io
import subprocess
import sys
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.cli import check
from gklint.cli.main import build_parser
from gklint.cli.quick import QuickParser

PLAIN = [
    "",
    "a.md",
    "a.md b.md -",
    "-q",
    "-q a.md",
    "a.md --quiet",
    "--select GK3,GK401 --select=label-drift --ignore GK305 a.md",
    "--select= a.md",
    "--rules own.yaml --rules=other --no-builtin-rules .",
    "--fail-on warning --exit-zero --lang zh-CN --color never",
    "--output-format json --output-format sarif=out.sarif --output-file x.json a",
    "--ambiguous-width 2 --ambiguous-width=1",
    "--fix --unsafe-fixes --diff --statistics --no-progress",
    "--stdin-filename a=b.md -",
]
NOT_PLAIN = [
    "--help",
    "-h a.md",
    "-qq",
    "--no-such",
    "--quiet=yes",
    "--qui",
    "--select",
    "--select --ignore",
    "--fail-on fatal",
    "--lang fr",
    "--ambiguous-width 3",
    "--ambiguous-width two",
    "--output-format xml",
    "--output-format json=",
    "a.md -q b.md",
    "-- -q",
    "--select -GK3",
    "-1",
]


def quick(words: list[str]) -> argparse.Namespace | None:
    parser = QuickParser()
    check.configure(cast(argparse.ArgumentParser, parser))
    return parser.parse(words)


def standard(words: list[str]) -> dict[str, Any] | None:
    """What argparse makes of the words; None for a mistake or help."""
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        try:
            values = vars(build_parser("check").parse_args(["check", *words]))
        except SystemExit:
            return None
    del values["command"]
    return values


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_is_read_as_argparse_reads_it(line: str) -> None:
    read = quick(line.split())
    assert read is not None
    assert vars(read) == standard(line.split())


@pytest.mark.parametrize("line", NOT_PLAIN)
def test_anything_else_is_left_to_argparse(line: str) -> None:
    assert quick(line.split()) is None


WORDS = sorted({word for line in [*PLAIN, *NOT_PLAIN] for word in line.split()})


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=6))
def test_no_line_is_read_otherwise_than_argparse_reads_it(words: list[str]) -> None:
    read = quick(words)
    assert read is None or vars(read) == standard(words)


def test_defaults_are_not_shared() -> None:
    quick(["--select", "GK3"])
    read = quick([])
    assert read is not None
    assert read.select == []


def test_a_plain_line_needs_no_argparse() -> None:
    code = (
        "import sys; from gklint.cli.main import main; main(['check', 'no-such.md']); print('argparse' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "False\n"
