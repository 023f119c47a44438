"""A small report and its pack, changed a little in each test, and findings written out one by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from textwrap import dedent

from gklint.binding import bind
from gklint.binding.model import BoundReport
from gklint.documents import read
from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Finding
from gklint.linter import lint_source
from gklint.packs.loader import pack_from_bytes
from gklint.packs.model import Pack

HERE = Path(__file__).resolve().parent
PACK = (HERE / "pack.yaml").read_text(encoding="utf-8")
DRAFT = (HERE / "draft.md").read_text(encoding="utf-8")


def _part(start: str, end: str | None) -> str:
    return DRAFT[DRAFT.index(start) : DRAFT.index(end) if end is not None else None]


TITLE = _part("# ", "## 一")
OVERVIEW, PLANTING, BUSINESS = _part("## 一", "## 二"), _part("## 二", "## 三"), _part("## 三", None)
TEXT = _part("（一）", "## 二")
CROPS = _part("| 作物名称", "\n## 三")
GROUP, WHEAT, RICE, OIL, ALL = CROPS.splitlines()[2:]
HERDS = _part("| | 本年出生", "\n| 经营项目")
ACCOUNTS = _part("| 经营项目", None)
SALES, WAGES = ACCOUNTS.splitlines()[2:]

Change = tuple[str, str]


def changed(text: str, changes: tuple[Change, ...]) -> str:
    """The text with each old part, which stands in it once, replaced by the new one."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def draft(*changes: Change) -> str:
    """The report without a mistake, changed."""
    return changed(DRAFT, changes)


def rowed(old: str, new: str) -> Change:
    """The change of a row of a table to one with other cells, its label kept: ``rowed(RICE, "5 | | 7 | 12")``."""
    return old, f"| {old.split('|')[1].strip()} | {new} |"


def paragraphs(*lines: str) -> Change:
    """The change of the first section's text to other paragraphs, the first of them on line 5, then 7, 9 …"""
    return TEXT, "\n\n".join(lines) + "\n\n"


def without(column: str) -> Change:
    """The change that takes a column out of the table of crops."""
    head = [cell.strip() for cell in CROPS.splitlines()[0].split("|")]
    at = head.index(column)
    rows = CROPS.splitlines()
    kept = [[cell for place, cell in enumerate(row.split("|")) if place != at] for row in rows]
    return "\n".join(rows), "\n".join("|".join(cells) for cells in kept)


def inserted(after: str, label: str, values: tuple[str, str, str, str, str]) -> Change:
    """The change that puts a column behind another in the table of crops; values for the group and the four rows."""
    rows = CROPS.splitlines()
    at = [cell.strip() for cell in rows[0].split("|")].index(after)
    new = [label, "---", *values]
    lines: list[str] = []
    for row, value in zip(rows, new, strict=True):
        cells = row.split("|")
        lines.append("|".join([*cells[: at + 1], f" {value} ", *cells[at + 1 :]]))
    return "\n".join(rows), "\n".join(lines)


@cache
def farm(*changes: Change, identities: str = "", more: str = "") -> Pack:
    """The pack, changed; ``identities`` are further ones, ``more`` further keys of the pack."""
    text = changed(PACK, changes)
    if identities:
        text += "".join(f"  {line}\n" for line in dedent(identities).strip().splitlines())
    return pack_from_bytes((text + dedent(more)).encode(), "farm.yaml")


def bound(text: str, pack: Pack | None = None, form: str = "markdown") -> BoundReport:
    """A text bound to the pack."""
    report = bind(read(Source.from_text(text, f"draft.{form}"), form), [pack or farm()])
    assert report is not None, "the pack does not apply"
    return report


def lint(text: str, *packs: Pack, form: str = "markdown") -> list[Finding]:
    """The findings about a text, in order."""
    result = lint_source(Source.from_text(text, "draft"), list(packs) or [farm()], form)
    assert result.report is not None, "no pack applies"
    return result.findings


def at(span: Span) -> str:
    """``line:column-end column``, with the end line where that is another one."""
    end = str(span.end_column) if span.line == span.end_line else f"{span.end_line}:{span.end_column}"
    return f"{span.line}:{span.column}-{end}"


def told(findings: list[Finding]) -> str:
    """Everything that findings say, in lines: place, code, name and severity; both messages; related places (``~``);
    edits (``=``, with a ``!`` where it is safe)."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{at(finding.span)} {finding.code} {finding.name} {finding.severity.label}")
        lines.append(f"  {finding.message.zh}")
        lines.append(f"  {finding.message.en}")
        lines.extend(f"  ~ {at(other.span)} {other.message.zh} | {other.message.en}" for other in finding.related)
        lines.extend(f"  ={'!' * edit.safe} {at(edit.span)} {edit.replacement!r}" for edit in finding.edits)
    return "\n".join(lines)


def expect(findings: list[Finding], wanted: str = "") -> None:
    """The findings are these and no others; see `told` for how they are written."""
    assert told(findings) == dedent(wanted).strip()
    for finding in findings:
        assert finding.span.line == finding.span.end_line
        assert finding.path == "draft"
