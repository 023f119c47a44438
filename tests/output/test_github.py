"""The format ``github``: workflow commands."""

from __future__ import annotations

from dataclasses import replace

from gklint.documents.model import Span
from gklint.findings import Message, Severity
from gklint.output.github import render
from tests.output.samples import FINDINGS, context, finding


def test_commands_come_worst_first() -> None:
    assert "".join(render(FINDINGS, context())) == (
        "::error file=报告/云山 2024.md,line=7,endLine=7,col=8,endColumn=10,title=GK401 column-sum::"
        "“自然人”列合计应为 73，写成 74%0A72 + 1 = 73 ≠ 74\n"
        "::warning file=报告/云山 2024.md,line=7,endLine=7,col=13,endColumn=13,title=GK301 blank-zero::空格应填 0\n"
        "::notice file=报告/云山 2024.md,line=1,endLine=1,col=3,endColumn=18,title=GK102 heading-style::标题的写法\n"
    )


def test_what_would_end_a_command_or_a_property_is_escaped() -> None:
    odd = finding(path="a,b:c%\nd.md", text="50%\r\n::error::x")
    assert "".join(render([odd], context())) == (
        "::error file=a%2Cb%3Ac%25%0Ad.md,line=1,endLine=1,col=1,endColumn=1,title=GK301 blank-zero::"
        "50%25\\r\\n::error::x\n"
    )


def test_each_of_several_sums_has_its_line() -> None:
    two = replace(finding(), equation=Message("1 + 1 ≠ 3\n2 + 2 ≠ 5", "x"))
    assert "".join(render([two], context())).endswith("::x%0A1 + 1 ≠ 3%0A2 + 2 ≠ 5\n")


def test_columns_are_left_out_of_what_goes_over_several_lines() -> None:
    long = replace(finding(), span=Span(3, 4, 5, 1))
    assert "".join(render([long], context())) == (
        "::error file=报告/云山 2024.md,line=3,endLine=5,title=GK301 blank-zero::x\n"
    )


def test_ten_of_a_level_need_no_notice() -> None:
    findings = [finding(line=n, severity=severity) for severity in Severity for n in range(1, 11)]
    lines = "".join(render(findings, context())).splitlines()
    assert len(lines) == 30
    assert [sum(line.startswith(f"::{level} ") for line in lines) for level in ("error", "warning", "notice")] == [
        10
    ] * 3


def test_the_rest_is_counted_in_one_notice_and_listed_in_the_log() -> None:
    findings = [finding(line=n) for n in range(1, 13)]
    findings += [finding(line=n, severity=Severity.INFO) for n in range(1, 11)]
    lines = "".join(render(findings, context(lang="en"))).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::notice"] * 10
    assert lines[19] == (
        "::notice title=gklint::GitHub shows 10 annotations of a level; the other 3 "
        "(errors: 2, warnings: 0, infos: 1) are in the log of this step."
    )
    assert lines[20:] == [
        "报告/云山 2024.md:11:1: GK301 x",
        "报告/云山 2024.md:12:1: GK301 x",
        "报告/云山 2024.md:10:1: GK301 x",
    ]


def test_a_line_of_the_log_is_no_command() -> None:
    findings = [finding(path="::stop-commands::x", line=n) for n in range(1, 12)]
    assert "".join(render(findings, context())).splitlines()[-1] == "./::stop-commands::x:11:1: GK301 x"


def test_a_long_message_is_cut() -> None:
    [line] = "".join(render([finding(text="长" * 9000)], context())).splitlines()
    assert line.endswith("长…")
    assert len(line.split("::")[2]) == 4001


def test_no_findings() -> None:
    assert "".join(render([], context([]))) == ""
