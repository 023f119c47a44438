"""JSON and XML in which nothing acts on who reads them."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.output.inert import ACTIVE, HERE, json_pieces, json_text
from gklint.output.words import xml

ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from('\u202e\u2066\u200b\u2028\x1b\x9b\ud800"\\<&'))


@given(ANY)
def test_json_says_the_same_with_nothing_that_acts(text: str) -> None:
    written = json_text({"甲": [text]})
    assert json.loads(written) == {"甲": [text]}
    assert ACTIVE.search(written) is None
    assert "甲" in written


@given(ANY)
def test_xml_says_the_same_with_nothing_that_acts(text: str) -> None:
    written = xml(text)
    assert ACTIVE.search(written) is None
    read = ElementTree.fromstring(f'<a b="{written}">{written}</a>')
    wanted = "".join(
        "\ufffd" if (char < " " and char not in "\t\n\r") or char in "\ufffe\uffff" else char for char in text
    )
    wanted = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in wanted)
    assert read.attrib["b"] == wanted
    assert (read.text or "") == wanted


ITEMS = st.lists(st.one_of(ANY, st.dictionaries(ANY, st.lists(st.integers(), max_size=2), max_size=2)), max_size=3)


@given(ITEMS)
@pytest.mark.parametrize("outer", [HERE, {"甲": 1, "乙": HERE, "丙": [HERE + "1"]}, [[{"甲": [], "乙": HERE}]]])
def test_a_list_bit_by_bit_is_the_list_as_a_whole(outer: Any, items: list[Any]) -> None:
    assert "".join(json_pieces(outer, iter(items))) == json_text(put(outer, items), indent=2)


def put(value: Any, items: list[Any]) -> Any:
    """The value with the items in their place."""
    if isinstance(value, dict):
        return {key: put(one, items) for key, one in value.items()}
    if isinstance(value, list):
        return [put(one, items) for one in value]
    return items if value == HERE else value


def test_a_name_that_turns_the_direction() -> None:
    assert json_text("a\u202etxt.md") == '"a\\u202etxt.md"\n'
    assert xml("a\u202etxt.md") == "a&#8238;txt.md"
