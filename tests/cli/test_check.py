"""``gklint check``, through the real command."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gklint.output import FORMATS
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, OTHER, PACK, ROOT, gklint, write

LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>GK\d{3}) (?P<message>.+)")


def codes(text: str) -> list[str]:
    return [match["code"] for match in map(LINE.fullmatch, text.splitlines()) if match]


def test_a_clean_file(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    done = gklint("check", "a.md", cwd=tmp_path)
    assert (done.status, done.out, done.err) == (0, "", "未发现问题；检查了 1 个文件。\n")


def test_findings_by_file_and_place(tmp_path: Path) -> None:
    (tmp_path / "区 一").mkdir()
    write(tmp_path, b=EMPTY_SECTION, a=MARKED, c=CLEAN, d=OTHER)
    write(tmp_path / "区 一", 报告=MARKED)
    done = gklint("check", cwd=tmp_path)
    assert done.status == 1
    places = [
        match.group("path", "line", "column", "code") for match in map(LINE.fullmatch, done.out.splitlines()) if match
    ]
    assert places == [
        ("a.md", "12", "8", "GK305"),
        ("b.md", "3", "4", "GK105"),
        ("区 一/报告.md", "12", "8", "GK305"),
    ]
    assert len(done.out.splitlines()) == 3
    assert done.err == "错误 1，警告 2；检查了 4 个文件，另有 1 个文件没有适用的规则包，未检查。--fix 可修正 2 处。\n"


@pytest.mark.parametrize(
    ("fail_on", "marked", "empty"), [("error", 0, 1), ("warning", 1, 1), ("info", 1, 1), ("never", 0, 0)]
)
def test_fail_on(tmp_path: Path, fail_on: str, marked: int, empty: int) -> None:
    write(tmp_path, marked=MARKED, empty=EMPTY_SECTION)
    assert gklint("check", "marked.md", "--fail-on", fail_on, cwd=tmp_path).status == marked
    assert gklint("check", "empty.md", "--fail-on", fail_on, cwd=tmp_path).status == empty


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--select", "GK3"], ["GK305"]),
        (["--select", "gk105"], ["GK105"]),
        (["--select", "full-width-digits,GK1"], ["GK305", "GK105"]),
        (["--select", "GK3", "--select", "GK105"], ["GK305", "GK105"]),
        (["--ignore", "GK3"], ["GK105"]),
        (["--select", "GK", "--ignore", "section-empty"], ["GK305"]),
        (["--select", "season-total"], []),
    ],
)
def test_select_and_ignore(tmp_path: Path, options: list[str], left: list[str]) -> None:
    write(tmp_path, a=MARKED, b=EMPTY_SECTION)
    done = gklint("check", *options, cwd=tmp_path)
    assert codes(done.out) == left
    assert done.status == int("GK105" in left)


@pytest.mark.parametrize(
    ("option", "word", "words"),
    [
        ("--select", "GK999", "no rule 'GK999'"),
        ("--ignore", "seasons-total", "no rule 'seasons-total'; did you mean 'season-total'?"),
        ("--select", "G", "no rule 'G'"),
    ],
)
def test_a_rule_that_is_none(tmp_path: Path, option: str, word: str, words: str) -> None:
    write(tmp_path, a=MARKED)
    done = gklint("check", option, word, cwd=tmp_path)
    assert done.status == 2
    assert done.out == ""
    assert f"gklint: error: {option}: {words}" in done.err


def test_missing_paths_are_all_named_and_nothing_is_checked(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    done = gklint("check", "a.md", "没有.md", "no.md", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err == "gklint: error: no such file or folder: '没有.md', 'no.md'\n"


def test_a_named_file_that_is_no_report(tmp_path: Path) -> None:
    write(tmp_path, a=OTHER, b=MARKED)
    done = gklint("check", "a.md", "b.md", cwd=tmp_path)
    assert done.status == 1
    assert done.out.startswith("a.md:1:1: GK002 没有适用于此文件的规则包，未作检查；已加载的规则包：harvest\n")
    assert codes(done.out) == ["GK002", "GK305"]
    skipped = gklint("check", "--skip-other", "--lang", "en", "a.md", "b.md", cwd=tmp_path)
    assert skipped.status == 0
    assert codes(skipped.out) == ["GK305"]
    assert skipped.err == "1 warning in 1 file; 1 file skipped, as no pack applies. 1 fixable with --fix.\n"


def test_a_file_that_cannot_be_decoded_does_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(CLEAN.encode() + b"\n\xff\xfe\xfa\n")
    write(tmp_path, b=EMPTY_SECTION)
    done = gklint("check", "--lang=en", cwd=tmp_path)
    assert done.status == 1
    assert codes(done.out) == ["GK001", "GK105"]
    assert done.out.startswith("a.md:15:1: GK001 file cannot be decoded: ")


def test_a_file_that_goes_away_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    (tmp_path / "x.md").symlink_to("a.md")
    done = gklint("check", cwd=tmp_path)
    assert done.status == 0
    assert done.err.startswith("gklint: no files found under .")


def test_nothing_found_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = gklint("check", "empty", cwd=tmp_path)
    assert (done.status, done.out) == (0, "")
    assert done.err == "gklint: no files found under empty\n"


def test_standard_input(tmp_path: Path) -> None:
    done = gklint("check", "-", "--stdin-filename", "草稿/a.md", cwd=tmp_path, stdin=MARKED.encode("gb18030"))
    assert (done.status, codes(done.out)) == (0, ["GK305"])
    assert done.out.startswith("草稿/a.md:12:8: ")
    bare = gklint("check", "-", cwd=tmp_path, stdin=b"")
    assert bare.status == 1
    assert bare.out.startswith("-:1:1: GK002 ")


def test_a_name_for_standard_input_that_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    done = gklint("check", "a.md", "--stdin-filename", "a.md", cwd=tmp_path)
    assert done.status == 2
    assert "name - as a path as well" in done.err


def test_odd_names_are_one_line_each(tmp_path: Path) -> None:
    for name in ("a b.md", "新\n行.md", "c:1:2.md", "\x1b[31m.md", "-x.md"):
        (tmp_path / name).write_text(MARKED, "utf-8")
    (tmp_path / os.fsdecode(b"bad\xff.md")).write_text(MARKED, "utf-8")
    done = gklint("check", cwd=tmp_path)
    assert [line.split(":12:8: ")[0] for line in done.out.splitlines()] == [
        "\\x1b[31m.md",
        "-x.md",
        "a b.md",
        "bad\\udcff.md",
        "c:1:2.md",
        "新\\n行.md",
    ]
    for name in ("json", "sarif"):
        shown = gklint("check", "--output-format", name, cwd=tmp_path)
        assert json.loads(shown.out)
    assert gklint("check", "--", "-x.md", cwd=tmp_path).out.startswith("-x.md:12:8: ")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_deterministic(tmp_path: Path, name: str) -> None:
    write(tmp_path, a=MARKED, b=EMPTY_SECTION, c=OTHER)
    runs = [
        gklint("check", *paths, "--output-format", name, cwd=tmp_path, environment={"PYTHONHASHSEED": seed})
        for seed, paths in (("1", ["."]), ("2", ["b.md", "."]), ("3", ["."]))
    ]
    assert runs[0] == runs[1] == runs[2]
    assert runs[0].status == 1
    assert "GK305" in runs[0].out
    assert "GK105" in runs[0].out


def test_full_with_english_text(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    done = gklint("check", "--output-format=full", "--lang=en", "--ambiguous-width=2", cwd=tmp_path)
    head, *rest = done.out.splitlines()
    assert head.startswith("a.md:12:8: warning GK305[full-width-digits] ")
    assert rest == [
        " 12 │ | 水稻 | ５ | 8 | 13 |",
        "    │          ^^",
        "",
        "To read what a code means: gklint rule GK305",
        "1 warning in 1 file. 1 fixable with --fix.",
    ]
    assert done.err == ""


def test_a_broken_sum_is_written_out(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN.replace("| 42 |", "| 45 |"))
    done = gklint("check", "--output-format=full", cwd=tmp_path)
    assert done.status == 1
    assert "│ | 小麦 | 12 | 30 | 45 |\n" in done.out
    assert re.search(r"^ +│ +\^\^\n +=.*42", done.out, re.MULTILINE)


def test_quiet(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    done = gklint("check", "-q", cwd=tmp_path)
    assert (done.status, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, False),
        (["--color=always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color=never"], {"FORCE_COLOR": "1"}, False),
        (["--color=always", "--output-format=json"], {}, False),
    ],
)
def test_colors(tmp_path: Path, options: list[str], environment: dict[str, str], colored: bool) -> None:
    write(tmp_path, a=MARKED)
    assert ("\x1b[" in gklint("check", *options, cwd=tmp_path, environment=environment).out) is colored


def on_a_terminal(*words: str, cwd: Path, **environment: str) -> str:
    """What the command writes where standard output and error are a terminal."""
    reader, writer = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    clean |= {"PYTHONPATH": str(ROOT), "GKLINT_CACHE_DIR": str(cwd / ".cache"), "TERM": "xterm", **environment}
    command = [sys.executable, "-m", "gklint", "check", "--no-builtin-rules", f"--rules={PACK}", *words]
    with subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer, env=clean
    ) as process:
        os.close(writer)
        text = b""
        while True:
            try:
                part = os.read(reader, 65536)
            except OSError:
                break
            if not part:
                break
            text += part
        process.wait(60)
    os.close(reader)
    return text.decode().replace("\r\n", "\n")


def test_on_a_terminal_the_full_format_is_written_in_color(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    text = on_a_terminal(cwd=tmp_path)
    assert "\x1b[1;33mGK305[full-width-digits]\x1b[0m" in text
    assert "12\x1b[0m \x1b[2m│\x1b[0m | 水稻" in text
    assert "\x1b" not in on_a_terminal(cwd=tmp_path, NO_COLOR="1")


def test_a_long_run_counts_files_and_wipes_the_count(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import gklint.cli.progress as p\np.DELAY = p.INTERVAL = 0.0\n", "utf-8")
    write(tmp_path, a=MARKED, b=CLEAN, c=CLEAN)
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    text = on_a_terminal(cwd=tmp_path, PYTHONPATH=path, NO_COLOR="1")
    assert text.startswith("\r0/3\r1/3\r2/3\r3/3\r   \ra.md:12:8: ")
    assert "/3" not in on_a_terminal("--no-progress", cwd=tmp_path, PYTHONPATH=path, NO_COLOR="1")
    assert "/3" not in on_a_terminal(cwd=tmp_path, NO_COLOR="1")


def test_a_faulty_pack_stops_the_run(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    (tmp_path / "bad.yaml").write_text("pack: x\ntitel: 1\n", "utf-8")
    done = gklint("check", "--rules", "bad.yaml", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    lines = done.err.splitlines()
    assert re.match(r"gklint: error: bad\.yaml:\d+:\d+: .*", lines[0])
    assert re.fullmatch(r"gklint: error: \d+ mistakes? in the rules: nothing was checked", lines[-1])


def test_no_pack_at_all(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    done = gklint("check", "--no-builtin-rules", cwd=tmp_path, rules=False)
    assert done.status == 2
    assert "name one with --rules" in done.err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--output-format", "xml"], "invalid choice: 'xml'"),
        (["--fail-on", "fatal"], "invalid choice: 'fatal'"),
        (["--lang", "fr"], "no messages in 'fr': choose zh or en"),
        (["--selct", "GK3"], "unrecognized arguments: --selct"),
    ],
)
def test_wrong_usage(tmp_path: Path, words: list[str], part: str) -> None:
    done = gklint("check", *words, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert part in done.err


def test_a_baseline_to_be_written_needs_a_name(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    done = gklint("check", "--update-baseline", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err == "gklint: error: --update-baseline writes a baseline: name its file with --baseline\n"
