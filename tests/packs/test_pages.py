"""The pages on the rule language: their packs load, their expressions parse, their tables have all keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gklint.cli.test import failures
from gklint.documents.source import Source
from gklint.errors import PackError
from gklint.linter import lint_source
from gklint.packs.build import PLACEHOLDERS
from gklint.packs.expressions import COMPARISONS, FUNCTIONS, ExpressionError, parse
from gklint.packs.grammar import MAX_CHAIN, MAX_LENGTH, MAX_NESTING
from gklint.packs.loader import pack_from_bytes
from gklint.packs.schema import pack_schema

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGE = (DOCS / "rule-language.md").read_text("utf-8")
GUIDE = (DOCS / "writing-a-pack.md").read_text("utf-8")
EXPRESSIONS = (DOCS / "expressions.md").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.M | re.S)


def schema_at(*route: str) -> dict[str, Any]:
    """The properties of the mapping that keys lead to from the top of a pack (or a definition, written ``#name``)."""
    schema: dict[str, Any] = pack_schema()
    for name in route:
        schema = schema["$defs"][name[1:]] if name.startswith("#") else schema["properties"][name]
    properties: dict[str, Any] = schema["properties"]
    return properties


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("The pack", {*schema_at()}),
        ("Which reports: applies", {*schema_at("applies")}),
        ("The title: heading", {*schema_at("heading")}),
        ("Facts", {*schema_at("#fact")}),
        ("Sections", {*schema_at("#section")}),
        ("Tables", {*schema_at("#table")}),
        ("Rows and columns", {*schema_at("#row"), *schema_at("#column")}),
        ("Cells", {*schema_at("#cells")}),
        ("Identities", {*schema_at("#identity")}),
        ("Conditions: when", {*schema_at("#when")}),
        ("Less bad findings: relax", {*schema_at("#relaxation")}),
        ("Examples", {*schema_at("#example")}),
        ("Changes of an example", {*schema_at("#change")}),
        ("Findings of an example", {*schema_at("#finding")}),
    ],
)
def test_every_mapping_has_its_table_of_keys(heading: str, keys: set[str]) -> None:
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", LANGUAGE, re.M | re.S)
    assert section is not None
    assert set(re.findall(r"^\| `(\w+)` \|", section[1], re.M)) == keys


@pytest.mark.parametrize(("definition", "heading"), [("row", "Rows and columns"), ("identity", "Identities")])
def test_required_keys_are_said_to_be(definition: str, heading: str) -> None:
    section = LANGUAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    said = {key for key, meaning in re.findall(r"^\| `(\w+)` \| (.*?) \|", section, re.M) if "Required." in meaning}
    assert said == set(pack_schema()["$defs"][definition]["required"])


def test_every_placeholder_is_on_the_page() -> None:
    assert set(re.findall(r"`\{(\w+)\}`", LANGUAGE)) == set(PLACEHOLDERS)


def test_the_small_pack_loads() -> None:
    (text,) = blocks(LANGUAGE, "yaml")
    pack = pack_from_bytes(text.encode(), "page")
    assert [identity.code for identity in pack.identities] == ["SH401", "SH402"]


def test_the_pack_of_the_guide_grows_step_by_step() -> None:
    steps = blocks(GUIDE, "yaml")
    (report,) = blocks(GUIDE, "markdown")
    for count in range(2, 6):
        pack = pack_from_bytes("".join(steps[:count]).encode(), "page")
        result = lint_source(Source.from_text(report, "library.md"), [pack])
        assert result.report is not None
        assert result.findings == []
    assert len(pack.examples) == 3
    assert pack.examples[0].document == report
    assert [failures(pack, example) for example in pack.examples] == [[], [], []]
    last = steps[0].replace("applies: {title: '20\\d\\d年图书馆年度报告'}\n", steps[5])
    assert pack_from_bytes(last.encode(), "page").report == "library"


def test_the_expressions_of_the_page_parse() -> None:
    texts = re.findall(r"^\| `([^`]+ == 0)` \|", EXPRESSIONS, re.M)
    texts += [text.strip() for text in blocks(EXPRESSIONS, "text") if ":=" not in text]
    texts += re.findall(r"`([^`]* (?:within|±) [^`]*)`", EXPRESSIONS)
    assert len(texts) >= 13
    for text in texts:
        parse(text)


def test_the_spellings_of_the_page_are_those_of_the_grammar() -> None:
    rows = re.findall(r"^\| `(\S+)` \| ((?:`\S+` ?)+) \|", EXPRESSIONS, re.M)
    assert [sign for sign, _ in rows] == list(COMPARISONS)
    for sign, others in rows:
        for other in re.findall(r"`(\S+)`", others):
            assert parse(f"a {other} b").operator == sign
    assert all(f"`{function}(" in EXPRESSIONS for function in FUNCTIONS)
    assert all(f"{limit:,} " in EXPRESSIONS for limit in (MAX_LENGTH, MAX_NESTING, MAX_CHAIN))


def test_the_messages_of_the_page_are_those_that_are_told() -> None:
    (text,) = blocks(LANGUAGE, "yaml")
    for old, new, message in (
        ("year == spring", "yaer == spring", "no row 'yaer' in the table"),
        ("each: row\n    ", "", "needs a column, since there is no 'each'"),
    ):
        with pytest.raises(PackError, match=message):
            pack_from_bytes(text.replace(old, new).encode(), "page")
    for expression, message in (
        ("a.* == 1", "the wildcard 'a.*' stands for several cells"),
        ("a==b==c", "found a second"),
    ):
        with pytest.raises(ExpressionError) as caught:
            parse(expression)
        assert caught.value.message.startswith(message)
        assert message in EXPRESSIONS
