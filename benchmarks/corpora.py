"""Reports to measure with: made by the tests' generator, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

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


def long_report(rows: int = 0, wrong: int = 0, prose: int = 0) -> str:
    """A report of the made-up harvest form with so many surplus rows, wrong cells among them, and bytes of prose."""
    return "".join(_long(rows, wrong, prose))


def _long(rows: int, wrong: int, prose: int) -> Iterable[str]:
    yield "# 柳村2024年收成报告\n\n## 一、概况\n\n风调雨顺。\n\n"
    paragraph = "今年雨水调匀，田间管理及时，各组按计划完成播种、除草与收割，仓储与晾晒场地亦有改善。\n\n"
    yield paragraph * (prose // len(paragraph.encode()))
    yield "## 二、收成数字\n\n| 作物 | 春季 | 秋季 | 合计 |\n|---|---|---|---|\n"
    yield "| 小麦 | 12 | 30 | 42 |\n| 水稻 | 5 | 8 | 13 |\n"
    for number in range(rows):
        yield f"| 杂粮{number} | {'无数' if number < wrong else number % 90} | 1 | 2 |\n"
    yield "| 总收成 | 17 | 38 | 55 |\n"
