"""Names and contents that would act on who reads the output: a terminal, a CI service, a parser of XML or JSON."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from gklint.output import FORMATS
from tests.cli.command import CLEAN, EMPTY_SECTION
from tests.hostile.running import hostile

NAMES = [
    b"-.md",
    b"--output-format=json.md",
    b"a\nb.md",
    b"a\r\n::error::b.md",
    b"::error::c.md",
    b" ::add-mask::c.md",
    b"##[add-mask]d.md",
    b"##vso[task.complete result=Succeeded;]e.md",
    b"e\x1b]0;title\x07\x1b[31m.md",
    b"\xff\xfe.md",
    "f\u202edm.md".encode(),
    "g\u2028h.md".encode(),
    b"%0A%0d.md",
    b"<a b='\"&amp;>]]>.md",
    b"i:1:1: GK999 x.md",
    b"j,k=l;m]n.md",
    b"$(touch pwned)`touch pwned`.md",
    b"\\u0041\\.md",
]
LABEL = "##[warning]甲##vso[task.setvariable variable=PATH]乙<b>&amp;\u202e\x1b[31m]]>"
ROW = f"| {LABEL} | 1 | 2 | 3 |"
TEXT = EMPTY_SECTION + ROW + "\n"
COMMAND = re.compile(r"\s*::|##\[|##vso\[")
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="such names are no names elsewhere")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in NAMES:
        with open(bytes(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123, a name of bytes
            file.write(TEXT.encode())
    return tmp_path


def is_ours(line: str, format: str) -> bool:
    """Whether a line that a CI service would obey is one that is meant for it."""
    if format == "github":
        return re.match(r"::(error|warning|notice) (file=[^:,]+,line=\d|title=gklint::)", line) is not None
    if format == "azure":
        begin, _, message = line.partition("]")
        return begin.startswith("##vso[task.logissue type=") and COMMAND.search(message) is None
    return False


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_of_a_file_acts(reports: Path, format: str) -> None:
    words = ("check", f"--output-format={format}", "--jobs=2", ".")
    ran = hostile(reports, *words)
    assert ran.status == 1
    # The second time findings come from the cache.
    assert hostile(reports, *words) == ran
    assert not ACTS.search(ran.out)
    assert not ACTS.search(ran.err)
    for line in (ran.out + ran.err).split("\n"):
        if COMMAND.match(line) or "##[" in line or "##vso[" in line:
            assert is_ours(line, format), line
    assert not (reports / "pwned").exists()


def test_json_names_the_files(reports: Path) -> None:
    ran = hostile(reports, "check", "--no-cache", "--output-format=json", ".")
    paths = {finding["path"] for finding in json.loads(ran.out)["findings"]}
    assert {path.encode("utf-8", "surrogateescape") for path in paths} == set(NAMES)


@pytest.mark.parametrize("format", ["json-lines", "rdjsonl"])
def test_a_line_is_an_object(reports: Path, format: str) -> None:
    ran = hostile(reports, "check", "--no-cache", f"--output-format={format}", ".")
    assert len([json.loads(line) for line in ran.out.splitlines()]) == 2 * len(NAMES)


@pytest.mark.parametrize("format", ["sarif", "gitlab", "rdjson"])
def test_the_whole_is_json(reports: Path, format: str) -> None:
    assert json.loads(hostile(reports, "check", "--no-cache", f"--output-format={format}", ".").out)


@pytest.mark.parametrize(("format", "tag"), [("junit", "testsuite"), ("checkstyle", "file")])
def test_the_whole_is_xml(reports: Path, format: str, tag: str) -> None:
    ran = hostile(reports, "check", "--no-cache", f"--output-format={format}", ".")
    assert len(list(ET.fromstring(ran.out).iter(tag))) == len(NAMES)


@pytest.mark.parametrize("format", ["concise", "gnu"])
def test_a_finding_is_a_line(reports: Path, format: str) -> None:
    ran = hostile(reports, "check", "--no-cache", f"--output-format={format}", ".")
    assert len(ran.out.splitlines()) == 2 * len(NAMES)


def test_files_are_listed_a_line_each(reports: Path) -> None:
    ran = hostile(reports, "check", "--show-files", ".")
    lines = ran.out.splitlines()
    assert len(lines) == len(NAMES)
    assert not [line for line in lines if COMMAND.match(line) or ACTS.search(line)]


def test_names_that_look_like_options(reports: Path) -> None:
    ran = hostile(reports, "check", "--no-cache", "--output-format=concise", "--", "-.md", "--output-format=json.md")
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {"-.md", "--output-format=json.md"}
    ran = hostile(reports, "check", "--no-cache", "-.md")
    assert ran.status == 2


def test_names_survive_fixing_and_a_baseline(reports: Path) -> None:
    for name in NAMES:
        with open(bytes(reports) + b"/" + name, "wb") as file:  # noqa: PTH123, a name of bytes
            file.write(CLEAN.replace("| 5 |", "| ５ |").encode())
    words = ("check", "--no-cache", "--baseline=b.json")
    assert hostile(reports, *words, "--update-baseline", ".").status == 0
    ran = hostile(reports, *words, "--fail-on=info", ".")
    assert (ran.status, ran.out) == (0, "")
    ran = hostile(reports, "check", "--fix", "--quiet", "--fail-on=info", ".")
    assert (ran.status, ran.out) == (0, "")
    for name in NAMES:
        with open(bytes(reports) + b"/" + name, "rb") as file:  # noqa: PTH123, a name of bytes
            assert file.read().decode() == CLEAN
