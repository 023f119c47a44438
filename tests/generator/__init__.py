"""Makes annual reports on government information disclosure in every layout seen in the wild, knowing where all stands.

The labels come from the official forms, not from the packs, so that a mistake in a pack shows as a failing test.

    report = make_report("2021", seed=7, size="medium")
    rendered = render(report, "text-b", Options(seed=7))
    rendered.places[("cell", "three", "一、本年新收政府信息公开申请数量", "自然人")]   # Place(line, column, …)
    faulty = put_in("row-missing", report, "text-b", Options(seed=7))
"""

from __future__ import annotations

from . import classes
from .draft import Draft, Options, build_draft
from .forms import FORMS
from .layouts import LAYOUTS, render, render_draft
from .mistakes import MISTAKES, Faulty, UnsuitedError, put_in
from .values import Report, make_report
from .writer import Place, Rendered

__all__ = [
    "FORMS",
    "LAYOUTS",
    "MISTAKES",
    "Draft",
    "Faulty",
    "Options",
    "Place",
    "Rendered",
    "Report",
    "UnsuitedError",
    "build_draft",
    "classes",
    "make_report",
    "put_in",
    "render",
    "render_draft",
]
