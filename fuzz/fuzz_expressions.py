"""Texts as expressions: a tree with its places, or one error with a place inside the text."""

from __future__ import annotations

import atheris
import harness

harness.load()

from gklint.packs.expressions import EvaluationError, ExpressionError, Reference, evaluate, linear, parse, to_text
from gklint.packs.patterns import check_pattern
from tests.fuzz.wellformed import require

_WORDS = (
    "sum(", "max(", "min(", "abs(", "round(", "count(", ")", "(", "*", "**", ".", ",", ":", "[", "]", "+", "-", "/",
    "==", "≤", "within", "±", "rows.a", "甲", "1", "0.5", " ", "previous(", "＋", "（",
)  # fmt: skip


def target(data: bytes) -> None:
    """Even bytes choose words of the language, odd ones start text of the input's own."""
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        check_pattern(provider.ConsumeUnicode(60))
        return
    pieces: list[str] = []
    while provider.remaining_bytes() and len(pieces) < 400:
        if provider.ConsumeIntInRange(0, 7):
            pieces.append(_WORDS[provider.ConsumeIntInRange(0, len(_WORDS) - 1)])
        else:
            pieces.append(provider.ConsumeUnicode(4))
    text = "".join(pieces)
    try:
        parsed = parse(text)
    except ExpressionError as error:
        require(0 <= error.offset <= len(text), (text, error.offset))
        require(bool(str(error)), text)
        return
    require(parsed.text == text, text)
    require(to_text(parse(to_text(parsed))) == to_text(parsed), text)
    for side in (parsed.left, parsed.right):
        form = linear(side, _keys)
        try:
            value = evaluate(side, lambda reference: [3] * len(_keys(reference)))
        except EvaluationError:
            require(form is None, text)
            continue
        require(form is None or sum(form[0].values()) * 3 + form[1] == value, text)


def _keys(reference: Reference) -> list[str]:
    """The cells that a reference stands for: two for a wildcard."""
    return [to_text(reference), "another"][: 1 + reference.wild]


if __name__ == "__main__":
    harness.start(
        target, [bytes([0]) + text.encode() for text in ("a == b", "sum(rows.*) <= 1", "甲 + 乙 == 丙 ± 0.5")]
    )
