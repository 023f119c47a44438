"""JSON and XML in which nothing acts on who reads them."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from gklint.output.inert import ACTIVE, json_text
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


def test_a_name_that_turns_the_direction() -> None:
    assert json_text("a\u202etxt.md") == '"a\\u202etxt.md"\n'
    assert xml("a\u202etxt.md") == "a&#8238;txt.md"
