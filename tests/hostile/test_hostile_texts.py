"""Reports that were written to hang or to break: each is read to its end, and the others are linted all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

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
