"""Reports to measure with: made by the tests' generator, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from tests.generator import MISTAKES, Options, make_report, put_in, render
from tests.generator.layouts.text import TEXT_LAYOUTS
from tests.generator.mistakes import UnsuitedError

TEXT = tuple(f"text-{name}" for name in TEXT_LAYOUTS)
KINDS: dict[str, tuple[str, ...]] = {
    "markdown": ("markdown-converted",),
    "markdown-html": ("markdown-html",),
    "text": TEXT,
    "mixed": ("markdown-converted", "markdown-html", "markdown-flat", "html", *TEXT),
}
"""Each kind of reports with the layouts that take turns in it: Markdown as converters write it, Markdown with tables in
HTML, the layouts of pasted text, and everything by turns."""
FAULTY = 5
"""One in so many reports has a mistake in it."""


def write_corpus(folder: Path, kind: str, count: int) -> int:
    """Write ``count`` reports of a kind into a folder, a hundred to a sub-folder; the bytes written."""
    size = 0
    for number, (suffix, data) in enumerate(_reports(kind, count)):
        below = folder / f"{number // 100:03}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{number:05}{suffix}").write_bytes(data)
        size += len(data)
    return size


def _reports(kind: str, count: int) -> Iterator[tuple[str, bytes]]:
    names = sorted(MISTAKES)
    for number, layout in enumerate(islice(cycle(KINDS[kind]), count)):
        form = ("2021", "2021", "2019")[number % 3]
        report, options = make_report(form, seed=number), Options(seed=number)
        rendered = render(report, layout, options)
        if number % FAULTY == FAULTY - 1:
            with suppress(UnsuitedError):
                rendered = put_in(names[number // FAULTY % len(names)], report, layout, options).rendered
        yield rendered.suffix, rendered.data


class _Layout(NamedTuple):
    """How a long report is written; ``{}`` is where a text goes, or the cells of a row with ``joint`` between them."""

    suffix: str
    title: str
    heading: str
    paragraph: str
    head: str
    row: str
    joint: str
    end: str


_LAYOUTS = {
    "markdown": _Layout(
        *(".md", "# {}\n\n", "## {}\n\n", "{}\n\n", "| {} |\n|---|---|---|---|\n", "| {} |\n", " | ", "")
    ),
    "html": _Layout(
        *(".html", "<h1>{}</h1>\n", "<h2>{}</h2>\n", "<p>{}</p>\n", "<table>\n<tr><td>{}</td></tr>\n"),
        *("<tr><td>{}</td></tr>\n", "</td><td>", "</table>\n"),
    ),
    "text": _Layout(".txt", "{}\n\n", "{}\n\n", "{}\n", "{}\n", "{}\n", "\t", ""),
}
_PROSE = "今年雨水调匀，田间管理及时，各组按计划完成播种、除草与收割，仓储与晾晒场地亦有改善。"


def long_report(rows: int = 0, wrong: int = 0, again: int = 0, prose: int = 0, layout: str = "markdown") -> str:
    """A report of the made-up harvest form with so many surplus rows, wrong cells among them, rows of the form that are
    there again, and bytes of prose."""
    return "".join(_long(rows, wrong, again, prose, _LAYOUTS[layout]))


def _long(rows: int, wrong: int, again: int, prose: int, layout: _Layout) -> Iterable[str]:
    def row(*cells: object) -> str:
        return layout.row.format(layout.joint.join(map(str, cells)))

    yield layout.title.format("柳村2024年收成报告") + layout.heading.format("一、概况")
    yield layout.paragraph.format("风调雨顺。")
    paragraph = layout.paragraph.format(_PROSE)
    yield paragraph * (prose // len(paragraph.encode()))
    yield layout.heading.format("二、收成数字")
    yield layout.head.format(layout.joint.join(("作物", "春季", "秋季", "合计")))
    yield row("小麦", 12, 30, 42) + row("水稻", 5, 8, 13)
    for number in range(rows):
        yield row(f"杂粮{number}", "无数" if number < wrong else number % 90, 1, 2)
    yield row("小麦", 12, 30, 42) * again
    yield row("总收成", 17, 38, 55) + layout.end


def write_long_documents(folder: Path, size: int) -> list[tuple[str, Path]]:
    """Write documents of about ``size`` bytes, each all of one thing: what that is, and the file."""
    written: list[tuple[str, Path]] = []
    for number, (name, suffix, text) in enumerate(_long_documents(size)):
        written.append((name, folder / f"long-{number}{suffix}"))
        written[-1][1].write_text(text, "utf-8")
    return written


def _long_documents(size: int) -> Iterator[tuple[str, str, str]]:
    for layout, name in (("markdown", "Markdown"), ("html", "HTML"), ("text", "text")):
        suffix = _LAYOUTS[layout].suffix
        yield f"{name}, prose", suffix, long_report(prose=size, layout=layout)
        rows = size // (len(long_report(rows=999_999, layout=layout).encode()) // 999_999)
        yield f"{name}, a table of {rows:,} rows", suffix, long_report(rows=rows, layout=layout)
    again = size // len("| 小麦 | 12 | 30 | 42 |\n".encode())
    yield f"Markdown, a row {again:,} times", ".md", long_report(again=again)
    for kind in ("markdown", "markdown-html", "text"):
        reports = [data.decode() for _, data in _reports(kind, 60)]
        count = size // sum(len(report.encode()) for report in reports) + 1
        name = f"{60 * count:,} reports one behind another ({kind})"
        yield name, ".txt" if kind == "text" else ".md", "\n".join(reports * count)
