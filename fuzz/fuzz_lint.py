"""Generated reports, damaged as the input says, through the whole of gklint: findings are well formed, fixes end."""

from __future__ import annotations

from random import Random

import atheris
import harness

harness.load()

from gklint.documents.source import Source
from gklint.fixes import fix_source
from gklint.packs import builtin_packs
from tests.fuzz.mutate import MUTATIONS
from tests.fuzz.wellformed import check_findings, lint_twice, require
from tests.generator import LAYOUTS, MISTAKES, Options, UnsuitedError, make_report, put_in, render

_PACKS = builtin_packs()
_LAYOUTS = tuple(LAYOUTS)
_MISTAKES = (None, *sorted(MISTAKES))


class _Choices(Random):
    """Random numbers that the input decides, so that a small change of it is a small change of the report."""

    def __init__(self, provider: atheris.FuzzedDataProvider) -> None:
        super().__init__(0)
        self._provider = provider

    def random(self) -> float:
        return self._provider.ConsumeIntInRange(0, 2**16 - 1) / 2**16

    def getrandbits(self, k: int) -> int:
        return self._provider.ConsumeIntInRange(0, 2 ** min(k, 62) - 1)


def target(data: bytes) -> None:
    """The first bytes choose form, layout and a mistake, then come the damage and some text."""
    provider = atheris.FuzzedDataProvider(data)
    report = make_report(
        ("2019", "2021")[provider.ConsumeIntInRange(0, 1)], provider.ConsumeIntInRange(0, 999), size="small"
    )
    layout = _LAYOUTS[provider.ConsumeIntInRange(0, len(_LAYOUTS) - 1)]
    mistake = _MISTAKES[provider.ConsumeIntInRange(0, len(_MISTAKES) - 1)]
    style = provider.ConsumeIntInRange(0, 11)
    options = Options(seed=style, style=style, title=("one", "two", "absent")[style % 3], chrome=style % 5 == 0)
    try:
        rendered = (
            render(report, layout, options) if mistake is None else put_in(mistake, report, layout, options).rendered
        )
    except UnsuitedError:
        return
    lines = rendered.text.split("\n")
    rng = _Choices(provider)
    for _ in range(provider.ConsumeIntInRange(0, 12)):
        MUTATIONS[provider.ConsumeIntInRange(0, len(MUTATIONS) - 1)](lines, rng)
        lines = lines or [""]
    at = provider.ConsumeIntInRange(0, len(lines) - 1)
    lines[at] += provider.ConsumeUnicodeNoSurrogates(40)
    source = Source.from_text("\n".join(lines), rendered.path)
    linted = lint_twice(source, _PACKS)
    if any(finding.edits for finding in linted.findings):
        outcome = fix_source(source, _PACKS, True, linted)
        check_findings(outcome.linted, outcome.source)
        require(outcome.changed == (outcome.source.text != source.text), "changed or not")


if __name__ == "__main__":
    rng = Random(7)
    harness.start(target, [rng.randbytes(80) for _ in range(60)])
