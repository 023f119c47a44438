"""How fast gklint is beside others: ``python benchmarks/run.py``.

Makes the reports in a temporary folder, runs gklint, its peers and the floors by turns, and writes medians and ratios
to ``benchmarks/RESULTS.md`` and the curves to ``docs/``.  Peers do only what they can of it: one rule, the required
headings.  One that is not installed is left out, and the results say so.

    pip install '.[bench]'
    npm install --prefix benchmarks markdownlint-cli2
    python benchmarks/run.py
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.corpora import KINDS, long_report, write_corpus, write_long_documents  # noqa: E402
from benchmarks.curve import picture  # noqa: E402
from benchmarks.measure import Command, Series, side_by_side  # noqa: E402

HARVEST = ROOT / "tests" / "cli" / "data" / "harvest.yaml"
TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
HEADINGS = [word for title in TITLES for word in ("*", f"## {title}")] + ["*"]
MEGABYTE = 1_000_000
REACH = {"markdownlint-cli2": 0.15, "pymarkdownlnt": 1 / 30, "rumdl": 7.0}
"""At most how many times a peer's time gklint should take for a thousand Markdown reports."""


class Bench:
    """The places, the commands and what has been written so far."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder = folder
        self.options = options
        self.rounds: int = options.rounds
        self.report: list[str] = []
        self.environment = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "GKLINT_DEBUG")
        }
        self.environment.update(PYTHONPATH=str(ROOT), GKLINT_CACHE_DIR=str(folder / "cache"))
        self.gklint = [sys.executable, "-m", "gklint", "check", "--quiet"]
        self.missing: list[str] = []
        self.claims: list[tuple[str, float, float]] = []

    def claim(self, what: str, measured: float, reach: float) -> None:
        """Note a figure and what it should be at most."""
        self.claims.append((what, measured, reach))

    def reach(self) -> list[str]:
        """The figures noted, as a table."""
        rows = [
            f"| {what} | {measured:.2f} | {reach:g} | {'yes' if measured <= reach else 'no'} |"
            for what, measured, reach in self.claims
        ]
        return ["## Reach", "", "| figure | measured | at most | reached |", "| --- | ---: | ---: | --- |", *rows, ""]

    def write(self, *lines: str) -> None:
        for line in lines:
            print(line, flush=True)
        self.report.extend(lines)

    def measure(
        self, commands: Mapping[str, Command], rounds: int | None = None, *, warm: bool = True
    ) -> dict[str, Series]:
        return side_by_side(commands, self.folder, self.environment, rounds or self.rounds, warm=warm)

    def table(self, series: Mapping[str, Series], base: str) -> None:
        """Medians, and how many times as long as ``base`` each took."""
        self.write(
            "| | seconds | of `" + base + "` | processor seconds | memory, MB |", "| --- | ---: | ---: | ---: | ---: |"
        )
        for name, one in series.items():
            ratio = one.wall / series[base].wall
            self.write(f"| {name} | {one.wall:.3f} | {ratio:.2f} | {one.cpu:.3f} | {one.memory / MEGABYTE:.0f} |")
        self.write("")

    def python(self, code: str) -> list[str]:
        return [sys.executable, "-c", code]

    def peers(self, folder: str) -> dict[str, Command]:
        """The peers that there are, each set to ask for the headings of a report."""
        commands: dict[str, Command] = {}
        near = ROOT / "benchmarks" / "node_modules" / ".bin" / "markdownlint-cli2"
        found = {
            "rumdl": self.options.rumdl or shutil.which("rumdl"),
            "markdownlint-cli2": self.options.markdownlint or (str(near) if near.exists() else None),
            "pymarkdownlnt": self.options.pymarkdown or shutil.which("pymarkdown"),
        }
        found["markdownlint-cli2"] = found["markdownlint-cli2"] or shutil.which("markdownlint-cli2")
        (self.folder / "rumdl.toml").write_text(
            f'[global]\nenable = ["MD043"]\n\n[MD043]\nheadings = {json.dumps(HEADINGS, ensure_ascii=False)}\n', "utf-8"
        )
        rules = {"default": False, "MD043": {"headings": HEADINGS}}
        (self.folder / ".markdownlint-cli2.jsonc").write_text(
            json.dumps({"config": rules, "noBanner": True, "noProgress": True}, ensure_ascii=False), "utf-8"
        )
        if found["rumdl"]:
            commands["rumdl"] = [found["rumdl"], "check", "--no-cache", "--config", "rumdl.toml", folder]
        if found["markdownlint-cli2"]:
            commands["markdownlint-cli2"] = [found["markdownlint-cli2"], f"{folder}/**/*.md"]
        if found["pymarkdownlnt"]:
            headings = f"plugins.md043.headings={','.join(HEADINGS)}"
            commands["pymarkdownlnt"] = [
                found["pymarkdownlnt"], "-d", "*", "-e", "md043", "--set", headings, "scan", "-r", folder,
            ]  # fmt: skip
        self.missing = sorted(found.keys() - commands.keys())
        return commands


BLOCKS_ONLY = """
import sys, pathlib
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable("table")
parser.core.ruler.enableOnly(["normalize", "block"])
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
    parser.parse(path.read_text("utf-8"))
"""


def cold_start(bench: Bench) -> None:
    """One small report, everything in the file system's memory, nothing kept of results."""
    write_corpus(bench.folder / "one", "markdown", 1)
    report = str(next((bench.folder / "one").rglob("*.md")))
    series = bench.measure(
        {
            "import click, markdown_it": bench.python("import click, markdown_it"),
            "bare interpreter": bench.python("pass"),
            "import markdown_it": bench.python("import markdown_it"),
            "import gklint.documents.markdown": bench.python("import gklint.documents.markdown"),
            "gklint, one report": [*bench.gklint, "--no-cache", report],
        },
        rounds=bench.rounds * 5,
    )
    bench.write("## A cold start", "")
    bench.table(series, "import click, markdown_it")
    ratio = series["gklint, one report"].wall / series["import click, markdown_it"].wall
    bench.claim("cold start of one report / `import click, markdown_it`", ratio, 1.5)


def thousand(bench: Bench) -> None:
    """A thousand reports of each kind, all checks on, nothing kept."""
    count = bench.options.files
    for kind in KINDS:
        size = write_corpus(bench.folder / kind, kind, count)
        commands: dict[str, Command] = {
            "gklint": [*bench.gklint, "--no-cache", kind],
            "gklint --jobs 1": [*bench.gklint, "--no-cache", "--jobs", "1", kind],
        }
        if kind.startswith("markdown"):
            commands["markdown-it-py, blocks only"] = [*bench.python(BLOCKS_ONLY), kind]
            commands.update(bench.peers(kind))
        slow = commands.pop("pymarkdownlnt", None)
        series = bench.measure(commands)
        if slow is not None:
            series.update(bench.measure({"pymarkdownlnt": slow}, rounds=1, warm=False))
        bench.write(f"## {count:,} reports: {kind} ({size / MEGABYTE:.1f} MB)", "")
        bench.table(series, "gklint")
        for peer, most in REACH.items():
            if peer in series:
                bench.claim(f"{kind}: gklint / {peer}", series["gklint"].wall / series[peer].wall, most)


def many(bench: Bench) -> None:
    """Ten times as many, then once more with nothing changed."""
    count = bench.options.files * 10
    size = write_corpus(bench.folder / "many", "mixed", count)
    fresh = bench.measure({"gklint --no-cache": [*bench.gklint, "--no-cache", "many"]}, rounds=1, warm=False)
    kept = bench.measure({"gklint, unchanged files": [*bench.gklint, "many"]})
    series = {**fresh, **kept}
    bench.write(f"## {count:,} reports: mixed ({size / MEGABYTE:.0f} MB), and again with nothing changed", "")
    bench.table(series, "gklint, unchanged files")
    again, anew = series["gklint, unchanged files"], series["gklint --no-cache"]
    bench.claim(f"{count:,} unchanged files, seconds", again.wall, 1.5)
    bench.claim(f"{count:,} unchanged files / the same without cache", again.wall / anew.wall, 1 / 15)
    bench.claim(f"{count:,} files, megabytes of a process", max(again.memory, anew.memory) / MEGABYTE, 120)


def memory(bench: Bench) -> None:
    """Documents of 20 MB."""
    every = [*bench.gklint, "--no-cache", "--rules", str(HARVEST)]
    bench.write(
        "## One document of 20 MB",
        "",
        "| document | seconds | memory, MB | times its size |",
        "| --- | ---: | ---: | ---: |",
    )
    # What this process takes up would count for those that it starts.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        documents = pool.submit(write_long_documents, bench.folder, 20 * MEGABYTE).result()
    for name, path in documents:
        size = path.stat().st_size
        one = bench.measure({name: [*every, str(path)]}, rounds=1, warm=False)[name]
        megabytes, times = one.memory / MEGABYTE, one.memory / size
        bench.write(f"| {name} ({size / MEGABYTE:.0f} MB) | {one.wall:.1f} | {megabytes:.0f} | {times:.1f} |")
        bench.claim(f"memory for a document of 20 MB, {name} / its size", times, 25)
    bench.write("")


def curves(bench: Bench) -> None:
    """Cost against the number of files, of rows and of findings."""
    harvest = [*bench.gklint, "--no-cache", "--jobs", "1", "--no-builtin-rules", "--rules", str(HARVEST)]
    lines: dict[str, list[tuple[float, float]]] = {"files": [], "rows": [], "findings": []}
    (bench.folder / "short.md").write_text(long_report(), "utf-8")

    def cost_of(command: list[str]) -> float:
        # What a run takes in any case is measured by turns with it: of few rows it is more than their cost.
        series = bench.measure({"": command, "idle": [*harvest, "short.md"]})
        return series[""].least_cpu - series["idle"].least_cpu

    for count in (100, 300, 1000, 3000):
        folder = bench.folder / f"files-{count}"
        write_corpus(folder, "mixed", count)
        command = [*bench.gklint, "--no-cache", "--jobs", "1", folder.name]
        lines["files"].append((count, cost_of(command)))
    for name in ("rows", "findings"):
        for count in (3000, 10_000, 30_000, 100_000):
            path = bench.folder / f"{name}-{count}.md"
            path.write_text(long_report(rows=count, wrong=count if name == "findings" else 0), "utf-8")
            lines[name].append((count, cost_of([*harvest, path.name])))
    bench.write("## Cost against size", "", "![](../docs/cost.svg)", "")
    bench.write(
        "| | " + " | ".join(("smallest", "largest", "times as many", "times the cost")) + " |",
        "| --- | ---: | ---: | ---: | ---: |",
    )
    for name, points in lines.items():
        (first, cost), (last, most) = points[0], points[-1]
        bench.claim(f"{name}: growth of the cost / growth of their number", most / cost / (last / first), 1.3)
        bench.write(f"| {name} | {first:,} | {last:,} | {last / first:.0f} | {most / cost:.0f} |")
    bench.write("")
    drawing = picture("Cost of linting", "files, rows or findings", "processor seconds", lines)
    (ROOT / "docs" / "cost.svg").write_text(drawing, "utf-8")


PARTS = {"start": cold_start, "thousand": thousand, "many": many, "memory": memory, "curves": curves}


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description="Measure gklint beside its peers.")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--files", type=int, default=1000, help="reports of each kind; ten times as many of all")
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS), help="only these parts")
    parser.add_argument("--rumdl", help="the command of rumdl")
    parser.add_argument("--markdownlint", help="the command of markdownlint-cli2")
    parser.add_argument("--pymarkdown", help="the command of pymarkdownlnt")
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options)
        bench.write(
            "# Results",
            "",
            f"{datetime.date.today().isoformat()}, Python {platform.python_version()}, {os.cpu_count()} processors, "
            f"{platform.system()} {platform.machine()}; medians of {options.rounds} runs by turns, written by "
            "`python benchmarks/run.py`. Peers look for the required headings and nothing else; gklint does all its "
            "checks. One report in five has a mistake in it.",
            "",
        )
        for name in options.only:
            PARTS[name](bench)
        bench.write(*bench.reach())
        if bench.missing:
            bench.write(f"Not installed: {', '.join(bench.missing)}.", "")
        options.output.write_text("\n".join(bench.report).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
