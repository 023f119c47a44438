"""Reports that were written to hang or to break: each is read to its end, and the others are linted all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from gklint.errors import Exit
from tests.cli.command import CLEAN
from tests.hostile.running import WITNESSED, codes, hostile, witness
from tests.hostile.texts import COMMENTS, HTML, HTML_IN_MARKDOWN, MARKDOWN, NUMBERS, TABLES, Case

pytestmark = pytest.mark.slow
GROUPS: dict[str, dict[str, Case]] = {
    "markdown": {f"{name}.md": case for name, case in MARKDOWN.items()},
    "html": {f"{name}.html": case for name, case in HTML.items()},
    "html-in-markdown": {f"{name}.md": case for name, case in HTML_IN_MARKDOWN.items()},
    "tables": TABLES,
    "numbers": {f"{name}.md": case for name, case in NUMBERS.items()},
    "comments": COMMENTS,
}


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_hard_to_read(tmp_path: Path, group: str) -> None:
    cases = GROUPS[group]
    for name, (text, _) in cases.items():
        (tmp_path / name).write_text(text(), "utf-8")
    witness(tmp_path)
    ran = hostile(tmp_path, "check", "--no-cache", "--jobs=1", "--output-format=concise", *cases, "zz.md")
    assert {name: codes(ran.out, name) for name in cases} == {name: set(wanted) for name, (_, wanted) in cases.items()}
    assert WITNESSED in ran.out


def test_surplus_rows_without_end_take_little_memory(tmp_path: Path) -> None:
    count = 100_000
    rows = "".join(f"| 杂粮{number} | {number % 90} | 1 | {'' if number % 7 else 2} |\n" for number in range(count))
    (tmp_path / "a.md").write_text(CLEAN + rows, "utf-8")
    # About 750 bytes a row: with all of their words and numbers kept they would take four times as much.
    ran = hostile(tmp_path, "check", "--no-cache", "--output-format=concise", "a.md", memory=240)
    assert ran.status == Exit.CLEAN
    assert ran.out.count("GK203") == count
