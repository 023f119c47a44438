"""What is said of fixing: the exact words, in both languages."""

from __future__ import annotations

from io import StringIO

from gklint.cli.fixed import diff, tell
from gklint.documents.source import Source
from gklint.errors import WriteError
from gklint.fixes import FixOutcome
from gklint.linter import LintResult
from gklint.output.context import Context, Summary
from gklint.runner import Fixed, RunResult
from tests.output.samples import BLANK, PATH, SUM


def context(lang: str) -> Context:
    return Context("0", "/nowhere", Summary(), default_lang=lang)


def fixed(before: str, after: str, path: str = PATH) -> Fixed:
    linted = LintResult([], None)
    return Fixed(Source.from_text(before, path), FixOutcome(Source.from_text(after, path), linted))


def said(result: RunResult, lang: str, *, quiet: bool = False, would: bool = False) -> list[str]:
    stream = StringIO()
    tell(result, context(lang), stream, quiet=quiet, would=would)
    return stream.getvalue().splitlines()


def test_the_reasons_why_something_was_not_fixed() -> None:
    one = fixed("a\n", "b\n")
    one.outcome.fixed.append(BLANK)
    one.outcome.conflicts.append((BLANK, SUM))
    one.outcome.refused.append((SUM, "GK105 would be found:\n\x1b[31mred"))
    result = RunResult([], fixed=[one])
    assert said(result, "en") == [
        f"{PATH}: not fixed: GK401 of line 7, in conflict with the fix of GK301 (7:13)",
        f"{PATH}: not fixed: GK401 of line 7, it would make things worse: GK105 would be found:\\n\\x1b[31mred",
    ]
    assert said(result, "zh") == [
        f"{PATH}: 未修正 GK401（第 7 行）：与 GK301 (7:13) 的修正冲突",
        f"{PATH}: 未修正 GK401（第 7 行）：改后会更糟（GK105 would be found:\\n\\x1b[31mred）",
    ]
    assert said(result, "en", quiet=True) == []


def test_what_could_not_be_written_is_told_however_quiet() -> None:
    result = RunResult([], failures=[WriteError("cannot be written: No space left", "/nowhere/a.md")])
    assert said(result, "zh", quiet=True) == ["gklint: error: a.md: cannot be written: No space left"]


def test_how_much_would_be_fixed() -> None:
    assert said(RunResult([]), "en", would=True) == ["Nothing to fix."]
    assert said(RunResult([]), "zh", would=True) == ["没有可以修正之处。"]
    one, two, untouched = fixed("a\n", "b\n"), fixed("c\n", "d\n", "b.md"), fixed("e\n", "e\n", "c.md")
    one.outcome.fixed.extend([BLANK, SUM])
    result = RunResult([], fixed=[one, untouched])
    assert said(result, "en", would=True) == ["Would fix 2 (1 file)."]
    two.outcome.fixed.append(BLANK)
    result.fixed.append(two)
    assert said(result, "en", would=True) == ["Would fix 3 (2 files)."]
    assert said(result, "zh", would=True) == ["可修正 3 处（2 个文件）。"]


def test_a_change_far_down_says_where_it_is() -> None:
    lines = [f"{number}\n" for number in range(1, 41)]
    after = "".join([*lines[:20], "new\n", "21b\n", *lines[21:]])
    assert "".join(diff(fixed("".join(lines), after, "a.md"), context("en"))) == (
        "--- a/a.md\n+++ b/a.md\n@@ -18,7 +18,8 @@\n 18\n 19\n 20\n-21\n+new\n+21b\n 22\n 23\n 24\n"
    )


def test_a_last_line_without_an_end_and_lines_that_end_otherwise() -> None:
    assert list(diff(fixed("a\r\nb", "a\r\nc", "a.md"), context("en"))) == [
        "--- a/a.md\n",
        "+++ b/a.md\n",
        "@@ -1,2 +1,2 @@\n",
        " a\r\n",
        "-b\n\\ No newline at end of file\n",
        "+c\n\\ No newline at end of file\n",
    ]
    assert "".join(diff(fixed("a\rb\r", "a\rc\r", "a.md"), context("en"))) == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"
    )
