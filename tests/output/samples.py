"""Made-up findings with their sources, for the tests of the output formats."""

from __future__ import annotations

from collections.abc import Mapping

from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Edit, Finding, Message, Related, Rule, Severity
from gklint.output.context import Context, Summary

TEXT = """# 云山县政府信息公开工作年度报告

| 项目 | 自然人 | 总计 |
|---|---|---|
| 本年新收 | 72 | 72 |
| 上年结转 | 1 | 1 |
| 合计 | 74 |  |
"""
PATH = "报告/云山 2024.md"

SUM = Finding(
    code="GK401",
    name="column-sum",
    severity=Severity.ERROR,
    path=PATH,
    span=Span(7, 8, 7, 10),
    message=Message("“自然人”列合计应为 73，写成 74", "column 自然人 comes to 73, not 74"),
    related=(
        Related(Span(5, 10, 5, 12), Message("本年新收 72", "received 72")),
        Related(Span(6, 10, 6, 11), Message("上年结转 1", "carried in 1")),
    ),
    edits=(Edit(Span(7, 8, 7, 10), "73", False),),
    pack="demo",
    address=("申请", "合计", "自然人"),
    equation=Message("72 + 1 = 73 ≠ 74", "72 + 1 = 73 ≠ 74"),
)
BLANK = Finding(
    code="GK301",
    name="blank-zero",
    severity=Severity.WARNING,
    path=PATH,
    span=Span(7, 13, 7, 13),
    message=Message("空格应填 0", "blank where 0 is expected"),
    edits=(Edit(Span(7, 13, 7, 13), "0", True),),
    pack="demo",
)
NOTE = Finding(
    code="GK102",
    name="heading-style",
    severity=Severity.INFO,
    path=PATH,
    span=Span(1, 3, 1, 18),
    message=Message("标题的写法", "how the title is written"),
)
FINDINGS = [NOTE, SUM, BLANK]

RULES = {
    "GK401": Rule(
        "GK401", "column-sum", Severity.ERROR, Message("各列合计", "A column adds up"), Message("说明 {一}", "Why {a}")
    )
}


def context(
    findings: list[Finding] = FINDINGS,
    *,
    sources: Mapping[str, Source] | None = None,
    cwd: str = "/srv/drafts",
    lang: str | None = None,
    color: bool = False,
    width: int = 100,
    ambiguous: int = 1,
    quiet: bool = False,
    skipped: int = 0,
) -> Context:
    """A context over the sample's source, or others."""
    return Context(
        version="0.0.0",
        cwd=cwd,
        summary=Summary.of(findings, 1, skipped),
        lang=lang,
        default_lang="zh",
        pack_langs={"demo": "zh"},
        sources={PATH: Source.from_text(TEXT, PATH)} if sources is None else sources,
        rules=lambda: RULES,
        color=color,
        width=width,
        ambiguous=ambiguous,
        quiet=quiet,
    )


def finding(
    *,
    path: str = PATH,
    line: int = 1,
    column: int = 1,
    end: int | None = None,
    code: str = "GK301",
    severity: Severity = Severity.ERROR,
    text: str = "x",
    address: tuple[str, ...] = (),
) -> Finding:
    """A finding of which only what matters is said."""
    span = Span(line, column, line, column if end is None else end)
    return Finding(code, "blank-zero", severity, path, span, Message(text, text), address=address)
