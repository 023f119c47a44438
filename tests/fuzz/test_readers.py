"""Every reader on texts made of the pieces that its format is made of."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gklint.documents import FORMATS, read
from gklint.documents.source import Source
from tests.end_to_end.linting import DEPTH
from tests.fuzz.mutate import JUNK
from tests.fuzz.wellformed import as_long, check_document, contents

_WORDS = (
    "甲",
    "规章",
    "12",
    "a b",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "| a | b |\n|---|---|\n",
    "<td>1</td>",
    "<tr><td>",
    "</td></tr>",
)
TEXTS = st.lists(st.one_of(st.sampled_from(JUNK + _WORDS), st.text(max_size=3)), max_size=60).map("".join)


@pytest.mark.parametrize("format", sorted(set(FORMATS.values())))
@settings(max_examples=300 * DEPTH, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_any_text_is_a_document(format: str, text: str) -> None:
    document = read(Source.from_text(text, "a"), format)
    check_document(document)
    with as_long():
        assert contents(read(Source.from_text(text, "a"), format)) == contents(document)
