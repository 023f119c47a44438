"""The reader of plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.documents import text
from gklint.documents.model import Located, Paragraph
from gklint.documents.source import Source, read_source

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def lines(source: Source) -> list[Located]:
    found = []
    for block in text.read(source).blocks:
        assert isinstance(block, Paragraph)
        assert block.lines
        found.extend(block.lines)
    return found


def read(content: str) -> list[tuple[str, int, int]]:
    return [(line.text, line.line, line.column) for line in lines(Source.from_text(content, "a.txt"))]


def test_paragraphs_end_at_empty_lines() -> None:
    blocks = text.read(Source.from_text("一\n二\n— 3 —\n三\n\n \n四\n\t\n五", "a.txt")).blocks
    assert [[line.text for line in block.lines] for block in blocks if isinstance(block, Paragraph)] == [
        ["一", "二", "三"],
        ["四", "\t", "五"],
    ]


def test_lines_are_kept_as_they_are() -> None:
    assert read("一\r\n\r\n  二 \n \u3000\n\t三\t\n\t\n \t \n") == [
        ("一", 1, 1),
        ("  二 ", 3, 1),
        ("\t三\t", 5, 1),
        ("\t", 6, 1),
        (" \t ", 7, 1),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "— 3 —",
        "- 12 -",
        "－3－",
        "第 3 页",
        "第3页 共10页",
        "第3页，共10页",
        " 3 / 10 ",
        "\f",
        "\f— 3 —",
        "— 3 —\f",
        " \f \f",
    ],
)
def test_page_furniture_is_dropped(furniture: str) -> None:
    assert read(f"一\n{furniture}\n二") == [("一", 1, 1), ("二", 3, 1)]


@pytest.mark.parametrize("value", ["3", "-3", "- 3", "2/3/4", "第 3 页内容", "0 |", "—", "+6"])
def test_what_could_be_a_value_is_kept(value: str) -> None:
    assert read(value) == [(value, 1, 1)]


def test_form_feeds_are_dropped_from_lines() -> None:
    assert read("\f三、收到") == [("三、收到", 1, 2)]
    (line,) = lines(Source.from_text("甲\f乙丙", "a.txt"))
    assert line.text == "甲乙丙"
    assert (line.span(1, 3).column, line.span(1, 3).end_column) == (3, 5)


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\f\r\n 3第页-/")))
def test_any_text_is_read_and_maps_back(content: str) -> None:
    source = Source.from_text(content, "a.txt")
    for line in lines(source):
        assert line.text
        for index, character in enumerate(line.text):
            span = line.span(index, index + 1)
            assert source.text[source.offset(span.line, span.column)] == character


def test_published_reports() -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"the published reports are not here: {SEEDS}")
    paths = sorted(SEEDS.glob("*.txt"))
    assert len(paths) == 3
    for path in paths:
        source = read_source(path)
        read_lines = lines(source)
        assert [line.text for line in read_lines] == [line for line in source.lines if line.strip() or "\t" in line]
        assert all(source.lines[line.line - 1] == line.text for line in read_lines)
