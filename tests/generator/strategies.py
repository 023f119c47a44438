"""Hypothesis strategies for reports and for the options of a layout."""

from __future__ import annotations

from hypothesis import strategies as st

from .draft import Options
from .forms import FORMS
from .values import BODIES, SIZES, Report, make_report

_TEXT_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


@st.composite
def reports(draw: st.DrawFn, form: str | None = None) -> Report:
    """Consistent reports of a form, or of either."""
    chosen = form or draw(st.sampled_from(sorted(FORMS)))
    return make_report(
        chosen,
        draw(st.integers(0, 9999)),
        draw(st.sampled_from(SIZES)),
        draw(st.sampled_from(sorted(BODIES))),
        draw(st.sampled_from(FORMS[chosen].years)),
    )


@st.composite
def options(draw: st.DrawFn, layout: str) -> Options:
    """Options that make a difference in a layout."""
    text = layout.startswith("text")
    markdown = layout.startswith("markdown")
    return Options(
        seed=draw(st.integers(0, 29)),
        punctuation=draw(st.sampled_from(("full", "half", "mixed"))),
        number_space=draw(st.booleans()),
        split=draw(st.booleans()),
        title=draw(st.sampled_from(("one", "two", "absent"))),
        chrome=draw(st.booleans()),
        repeat_group=draw(st.booleans()) if text else False,
        lead=draw(st.booleans()),
        subheadings=draw(st.booleans()),
        heading="plain" if text else draw(st.sampled_from(("atx", "setext", "bold", "plain"))),
        four="one-row" if text else draw(st.sampled_from(("one-row", "three-rows"))),
        style=draw(st.integers(0, 11)),
        front_matter=draw(st.booleans()) if markdown else False,
        fence=draw(st.booleans()) if markdown else False,
        eol=draw(st.sampled_from(("\n", "\n", "\r\n", "\r"))),
        encoding=draw(st.sampled_from(_TEXT_ENCODINGS)),
    )
