"""The format ``junit``: read by a library for it, and nothing that the strictest reader refuses."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml

from gklint.findings import Finding
from gklint.output.junit import render
from tests.output.samples import BLANK, FINDINGS, SUM, context, finding

# The elements and attributes that the schema of the xUnit plugin of Jenkins (junit-10.xsd) has, as far as we use any.
ALLOWED = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package", "file"},
        {"testcase"},
    ),
    "testcase": ({"name", "time", "classname", "group"}, {"failure"}),
    "failure": ({"type", "message"}, set[str]()),
}
REQUIRED = {"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name"}}


def text(findings: list[Finding]) -> str:
    return "".join(render(findings, context()))


def check(element: ET.Element) -> None:
    attributes, children = ALLOWED[element.tag]
    assert set(element.attrib) <= attributes
    assert set(element.attrib) >= REQUIRED.get(element.tag, set())
    for child in element:
        assert child.tag in children
        check(child)


def test_the_strict_schema_is_kept() -> None:
    check(ET.fromstring(text(FINDINGS)))
    check(ET.fromstring(text([])))


def test_a_file_is_a_suite_and_a_finding_a_failed_case() -> None:
    report = JUnitXml.fromstring(text([*FINDINGS, finding(path='b<&">.md', text="]]> 值")]).encode())
    first, second = report
    assert (first.name, first.tests, first.failures) == ("报告/云山 2024.md", 3, 3)
    assert (second.name, second.tests) == ('b<&">.md', 1)
    case = list(first)[1]
    assert (case.name, case.classname) == ("GK401 column-sum 7:8", "报告/云山 2024.md")
    [failure] = case.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("error", "“自然人”列合计应为 73，写成 74")
    assert failure.text.splitlines() == [
        "报告/云山 2024.md:7:8: GK401 “自然人”列合计应为 73，写成 74",
        "= 72 + 1 = 73 ≠ 74",
        "5: 本年新收 72",
        "6: 上年结转 1",
    ]
    assert next(iter(second)).result[0].message == "]]> 值"


def test_the_numbers_agree() -> None:
    root = ET.fromstring(text([SUM, BLANK, finding(path="b.md")]))
    assert root.attrib["tests"] == root.attrib["failures"] == "3"
    for suite in root:
        assert suite.attrib["tests"] == suite.attrib["failures"] == str(len(suite))


def test_no_findings_are_one_case_that_passed() -> None:
    [suite] = JUnitXml.fromstring(text([]).encode())
    assert (suite.tests, suite.failures) == (1, 0)
    assert [case.result for case in suite] == [[]]


@given(st.text(max_size=40), st.text(min_size=1, max_size=20))
def test_whatever_is_in_a_message_the_document_is_well_formed(message: str, path: str) -> None:
    root = ET.fromstring(text([finding(path="x" + path, text=message)]).encode("utf-8", "backslashreplace"))
    assert root[0][0][0].tag == "failure"
