"""The problem matchers, in the engines that run them, over lines as they are printed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gklint.cli.watch import BEGIN, END
from gklint.findings import Finding, Severity
from tests.cli.command import EMPTY_SECTION, MARKED, gklint, write
from tests.editors.javascript import matches
from tests.editors.places import PATHS, all_findings, printed

ROOT = Path(__file__).resolve().parent.parent.parent
GITHUB = json.loads((ROOT / "gklint-matcher.json").read_text("utf-8"))["problemMatcher"]
VSCODE = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))["contributes"]
GUIDE = (ROOT / "docs" / "editors.md").read_text("utf-8")
FINDINGS = all_findings()
LINES = printed(FINDINGS)
OTHER = [
    BEGIN,
    END,
    "错误 1，警告 2；检查了 4 个文件。",
    "1 error in 1 file. 1 fixable with --fix --unsafe-fixes.",
    "gklint: error: gklint.yaml:3:1: unknown key",
    "gklint: no files found under .",
    "a.md:7:8: GK401 concise",
    "",
]


def read(pattern: dict[str, Any], lines: list[str]) -> list[dict[str, str | None] | None]:
    """What a pattern, of GitHub or of VS Code, makes of each line: its named parts."""
    parts = {key: group for key, group in pattern.items() if isinstance(group, int)}
    return [
        None if found is None else {key: found[group] for key, group in parts.items()}
        for found in matches(pattern["regexp"], lines)
    ]


def expected(found: Finding) -> dict[str, str | None]:
    return {
        "file": found.path,
        "line": str(found.span.line),
        "column": str(found.span.column),
        "code": found.code,
        "message": found.message.zh,
    }


def test_the_lines_are_those_of_the_documented_form() -> None:
    assert LINES[0] == "a.md:7:8-10: info: GK401 “自然人”列合计应为 73，写成 74"
    assert len(LINES) == len(PATHS) * 12


def test_vscode_reads_every_part() -> None:
    [pattern] = VSCODE["problemPatterns"]
    for found, parts in zip(FINDINGS, read(pattern, LINES), strict=True):
        end = str(found.span.end_column) if found.span == (7, 8, 7, 10) else None
        assert parts == {**expected(found), "severity": found.severity.label, "endColumn": end}
    assert read(pattern, OTHER) == [None] * len(OTHER)


def test_github_reads_every_part_with_one_matcher_for_each_line() -> None:
    problems, hints = (matcher["pattern"][0] for matcher in GITHUB)
    for found, problem, hint in zip(FINDINGS, read(problems, LINES), read(hints, LINES), strict=True):
        if found.severity is Severity.INFO:
            assert problem is None
            assert hint == expected(found)
        else:
            assert hint is None
            assert problem == {**expected(found), "severity": found.severity.label}
    for pattern in (problems, hints):
        assert read(pattern, OTHER) == [None] * len(OTHER)


def test_github_takes_the_file() -> None:
    """The runner asks for an owner, patterns each with a regexp, one message, and knows these keys and severities."""
    keys = {"regexp", "file", "line", "column", "severity", "code", "message", "fromPath", "loop"}
    assert len({matcher["owner"] for matcher in GITHUB}) == len(GITHUB)
    for matcher in GITHUB:
        assert set(matcher) <= {"owner", "severity", "pattern"}
        assert matcher.get("severity", "error") in ("error", "warning", "notice")
        [pattern] = matcher["pattern"]
        assert set(pattern) <= keys
        assert "message" in pattern


def test_vscode_knows_when_a_round_begins_and_ends() -> None:
    once, watching = VSCODE["problemMatchers"]
    assert (once["name"], watching["name"]) == ("gklint", "gklint-watch")
    assert "background" not in once
    background = watching["background"]
    assert background["activeOnStart"] is True
    begins = matches(background["beginsPattern"], [*OTHER, *LINES])
    ends = matches(background["endsPattern"], [*OTHER, *LINES])
    assert [index for index, found in enumerate(begins) if found] == [0]
    assert [index for index, found in enumerate(ends) if found] == [1]


def test_the_guide_shows_the_matcher_of_the_extension() -> None:
    [shown] = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", GUIDE, re.M | re.S)]
    matcher = shown["tasks"][0]["problemMatcher"]
    [pattern] = VSCODE["problemPatterns"]
    assert matcher["pattern"] == {key: value for key, value in pattern.items() if key != "name"}
    assert matcher["background"] == VSCODE["problemMatchers"][1]["background"]
    assert matcher["fileLocation"] == VSCODE["problemMatchers"][1]["fileLocation"]
    assert f"{BEGIN}\n{END}\n" in GUIDE


def test_real_output_is_read(tmp_path: Path) -> None:
    (tmp_path / "区 (一)").mkdir()
    write(tmp_path / "区 (一)", **{"报告 2024": EMPTY_SECTION})
    write(tmp_path, b=MARKED)
    done = gklint("check", "--output-format=gnu", "--lang=en", cwd=tmp_path)
    [pattern] = VSCODE["problemPatterns"]
    first, second = read(pattern, done.out.splitlines())
    assert first
    assert second
    assert (first["file"], first["line"], first["severity"], first["code"]) == ("b.md", "12", "warning", "GK305")
    assert (second["file"], second["line"], second["code"]) == ("区 (一)/报告 2024.md", "3", "GK105")
    assert read(pattern, done.err.splitlines()) == [None]


# Emacs writes groups and alternatives with a backslash and takes bare ones as they are.
def emacs(regexp: str) -> re.Pattern[str]:
    turned = re.sub(r"\\?[(){}|]", lambda sign: sign[0][1:] if sign[0].startswith("\\") else "\\" + sign[0], regexp)
    return re.compile(turned)


def test_emacs() -> None:
    [quoted] = re.findall(r"\'\(gklint \"(.*?)\"\s+1 2 3 \(4 \. 5\)\)\)", GUIDE, re.S)
    pattern = emacs(quoted.replace("\\\\", "\\"))
    for found, line in zip(FINDINGS, LINES, strict=True):
        match = pattern.match(line)
        assert match
        assert match.group(1, 2, 3) == (found.path, str(found.span.line), str(found.span.column))
        assert (match[4] is not None) == (found.severity is Severity.WARNING)
        assert (match[5] is not None) == (found.severity is Severity.INFO)
    assert not any(map(pattern.match, OTHER))


def test_jetbrains() -> None:
    """Its filter is a regexp in which three words stand for these groups."""
    [shown] = re.findall(r"^\| Output filters \| `(.*?)` \|$", GUIDE, re.M)
    expression = shown.replace("$FILE_PATH$", r"(?P<file>(?:[A-Za-z]:)?[0-9 a-z_A-Z\-\\./]+)")
    expression = expression.replace("$LINE$", "(?P<line>[0-9]+)").replace("$COLUMN$", "(?P<column>[0-9]+)")
    pattern = re.compile(expression)
    latin = [(found, line) for found, line in zip(FINDINGS, LINES, strict=True) if found.path in ("D:/a.md", "a.md")]
    assert len(latin) == 24
    for found, line in latin:
        match = pattern.search(line)
        assert match
        assert match.groups() == (found.path, str(found.span.line), str(found.span.column))


def vim_formats() -> list[str]:
    [block] = re.findall(r"^```vim\n(.*?)^```$", GUIDE, re.M | re.S)
    return re.findall(r"'(%f.*?)'", block)


def test_vim_formats_read_every_line() -> None:
    """By the rules of ``:help errorformat``: %f a name, %l %c %k numbers, %t one letter, %m the rest."""
    items = {"%f": "(?P<f>.+?)", "%m": "(?P<m>.*)", "%t": "(?P<t>.)", "%*[a-z]": "[a-z]+"}
    items |= {f"%{letter}": rf"(?P<{letter}>\d+)" for letter in "lck"}
    patterns = []
    for entry in vim_formats():
        text = "".join(items.get(part, re.escape(part)) for part in re.split(r"(%\*\[.*?\]|%.)", entry))
        patterns.append(re.compile(text, re.IGNORECASE))
    assert len(patterns) == 2
    for found, line in zip(FINDINGS, LINES, strict=True):
        match = next(filter(None, (pattern.fullmatch(line) for pattern in patterns)), None)
        assert match
        assert match.group("f", "l", "c") == (found.path, str(found.span.line), str(found.span.column))
        assert match["t"] == found.severity.label[0]
        assert match["m"] == f"{found.code} {found.message.zh}"


@pytest.mark.skipif(shutil.which("vim") is None, reason="the formats are read by their rules above; there is no vim")
def test_vim_itself(tmp_path: Path) -> None:
    """Columns are bytes there, and the list has what ``:copen`` would show."""
    chosen = [(found, line) for found, line in zip(FINDINGS, LINES, strict=True) if not found.path.startswith("//")]
    (tmp_path / "errors.txt").write_text("".join(f"{line}\n" for _, line in chosen), "utf-8")
    formats = ",".join(entry.replace("\\", "\\\\") for entry in vim_formats())
    script = tmp_path / "read.vim"
    script.write_text(
        f"set encoding=utf-8\nlet &errorformat = '{formats}'\ncgetfile errors.txt\n"
        "let Parts = {_, e -> [bufname(e.bufnr), e.lnum, e.col, e.end_col, e.type, e.text, e.valid]}\n"
        "let found = map(getqflist(), Parts)\n"
        "call writefile([json_encode(found)], 'found.json')\nqall!\n",
        "utf-8",
    )
    subprocess.run(
        ["vim", "-Nu", "NONE", "-i", "NONE", "-n", "-es", "-S", script.name],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    entries = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert len(entries) == len(chosen)
    for (found, line), (name, number, column, end, kind, text, valid) in zip(chosen, entries, strict=True):
        assert valid == 1, line
        assert (name, number, column, kind) == (found.path, found.span.line, found.span.column, found.severity.label[0])
        assert end == (found.span.end_column if found.span == (7, 8, 7, 10) else 0)
        assert text == f"{found.code} {found.message.zh}"
