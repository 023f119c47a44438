"""Taking items out of sequences: always a tuple, in the order of the places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gklint.picking import picker


@given(st.lists(st.integers(0, 4), max_size=6), st.lists(st.text(), min_size=5, max_size=5))
def test_what_is_picked_is_what_stands_in_the_places(places: list[int], items: list[str]) -> None:
    assert picker(places)(items) == tuple([items[place] for place in places])


def test_no_places_take_nothing_of_anything() -> None:
    assert picker([])([]) == ()
