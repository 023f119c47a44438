"""The README files say what is true: output as it is, options that exist, the same commands in both languages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gklint.cli.main import build_parser
from tools.docgen import console

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shell_lines(page: Path) -> list[str]:
    return [line for block in SHELL_BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_output_shown_is_the_output(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == console.refresh(text, ROOT)


def test_readme_shows_a_finding() -> None:
    [block] = re.findall(r"^```console\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert re.search(r"\bGK4\d\d\b", block)
    assert "Traceback" not in block


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_shown_can_be_given(page: Path) -> None:
    for line in shell_lines(page):
        if line.startswith("gklint "):
            build_parser().parse_args(shlex.split(line, comments=True)[1:])


def test_both_languages_give_the_same_two_commands() -> None:
    english, chinese = (
        [line for line in shell_lines(ROOT / name) if line.startswith("python3 -m venv")]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert len(english) == 2
    assert english == chinese


@pytest.mark.parametrize("mark", ["lint", "test"])
def test_ci_finds_the_command_of_the_readme(mark: str) -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    at = lines.index(f"<!-- ci: {mark} -->")
    assert lines[at + 1] == "```sh"
    assert lines[at + 3] == "```"
    assert f'run_readme_command {mark} "$work' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
