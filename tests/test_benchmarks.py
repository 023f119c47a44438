"""The benchmarks measure what they say: their reports are what gklint is for, their figures are written as they are."""

from __future__ import annotations

import argparse
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from benchmarks.corpora import FAULTY, KINDS, long_report, write_corpus
from benchmarks.curve import picture
from benchmarks.measure import side_by_side
from benchmarks.run import Bench
from gklint.documents.source import read_source
from gklint.linter import lint_source
from gklint.packs.loader import builtin_packs


@pytest.mark.parametrize("kind", KINDS)
def test_one_report_in_so_many_has_a_mistake(kind: str, tmp_path: Path) -> None:
    count = 4 * FAULTY
    size = write_corpus(tmp_path, kind, count)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(files) == count
    assert sum(path.stat().st_size for path in files) == size
    packs = builtin_packs()
    faulty = []
    for number, path in enumerate(files):
        linted = lint_source(read_source(path), packs)
        assert linted.report is not None
        if linted.findings:
            faulty.append(number)
    assert faulty
    assert all(number % FAULTY == FAULTY - 1 for number in faulty)


def test_long_reports_are_as_long_as_asked_for() -> None:
    text = long_report(rows=50, wrong=7, prose=300_000)
    assert text.count("杂粮") == 50
    assert text.count("无数") == 7
    assert 298_000 < len(text.encode()) < 303_000


def test_the_picture_is_a_picture() -> None:
    drawing = picture(
        "Cost <&>", "files", "seconds", {"a & b": [(10, 0.1), (100, 1.0)], "c": [(10, 2.0), (1000, 200.0)]}
    )
    root = ElementTree.fromstring(drawing)
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "Cost <&>" in texts
    assert "a & b" in texts
    assert sum(element.tag.endswith("circle") for element in root.iter()) == 4


def test_commands_are_run_by_turns_and_a_failure_is_no_figure(tmp_path: Path) -> None:
    log = tmp_path / "log"
    note = "import sys; open(sys.argv[1], 'a').write(sys.argv[2])"
    commands = {name: [sys.executable, "-c", note, str(log), name] for name in "ab"}
    series = side_by_side(commands, tmp_path, {}, rounds=2)
    assert log.read_text() == "ababab"
    assert all(len(one.costs) == 2 and one.wall > 0 and one.memory > 1_000_000 for one in series.values())
    with pytest.raises(RuntimeError, match="status 3"):
        side_by_side({"bad": [sys.executable, "-c", "raise SystemExit(3)"]}, tmp_path, {}, rounds=1)


def test_what_is_not_reached_is_said(tmp_path: Path) -> None:
    bench = Bench(tmp_path, argparse.Namespace(rounds=1))
    bench.claim("slow", 2.0, 1.5)
    bench.claim("fast", 1.0, 1.5)
    rows = bench.reach()
    assert "| slow | 2.00 | 1.5 | no |" in rows
    assert "| fast | 1.00 | 1.5 | yes |" in rows
