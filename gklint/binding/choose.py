"""Which pack applies: decided by the pack's own evidence in the document, never by its name or place."""

from __future__ import annotations

from gklint.binding.facts import find_title
from gklint.binding.labels import fold, fold_long, spellings
from gklint.binding.outline import TextLine
from gklint.documents.model import Document, Table
from gklint.packs.model import Node, Pack
from gklint.records import dataclass

ENOUGH = 0.35
"""The least share of a pack's sections and labels that a document must show, less with a title."""
WITH_TITLE = 0.15
MIN_LABEL = 4
"""A shorter label could stand in any text."""


@dataclass(slots=True)
class _Signature:
    """What of a pack can be looked for in a text: folded section titles and labels."""

    titles: list[tuple[str, ...]]
    labels: list[str]
    long: list[str]
    """The labels that are long enough to be looked for in any text."""


_SIGNATURES: dict[int, tuple[Pack, _Signature]] = {}


def _signature(pack: Pack) -> _Signature:
    known = _SIGNATURES.get(id(pack))
    if known is not None and known[0] is pack:
        return known[1]
    labels: dict[str, None] = {}
    for table in pack.tables:
        for node in (*table.rows, *table.columns):
            for below in node.walk():
                labels[fold(below.label.text)] = None
    long = [label for label in labels if len(label) >= MIN_LABEL]
    signature = _Signature([spellings(section.title) for section in pack.sections], list(labels), long)
    _SIGNATURES[id(pack)] = (pack, signature)
    return signature


def label_set(pack: Pack) -> frozenset[str]:
    """The folded labels of a pack's rows and columns."""
    return frozenset(_signature(pack).labels)


def _whole_text(document: Document, lines: list[TextLine]) -> str:
    pieces = [fold_long("".join([line.text.text for line in lines if len(line.text.text) <= 200]))]
    for block in document.blocks:
        if isinstance(block, Table):
            # Once each is enough: most cells of a report hold the same few numbers.
            pieces.extend(map(fold, dict.fromkeys(block.texts())))
    return "".join(pieces)


def choose_pack(document: Document, packs: list[Pack], lines: list[TextLine]) -> Pack | None:
    """The pack whose sections and labels the document shows most of; None if it shows too little of each.

    Of several forms of one report that fit alike, the caller's facts decide: see `rival_forms`.
    """
    if not lines and not any(isinstance(block, Table) for block in document.blocks):
        return None
    text = _whole_text(document, lines)
    headings = {line.folded for line in lines if line.folded and not line.cell}
    best: tuple[float, Pack] | None = None
    for pack in packs:
        score = _evidence(document, pack, lines, text, headings)
        if score > 0 and (best is None or score > best[0]):
            best = (score, pack)
    if best is None:
        return None
    forms = [pack for pack in packs if pack.report == best[1].report]
    return _closest_form(forms, text, best[1]) if len(forms) > 1 else best[1]


def _evidence(document: Document, pack: Pack, lines: list[TextLine], text: str, headings: set[str]) -> float:
    signature = _signature(pack)
    shares: list[float] = []
    if signature.titles:
        shares.append(
            sum(any(name in headings for name in names) for names in signature.titles) / len(signature.titles)
        )
    long = signature.long
    if long:
        shares.append(sum(map(text.__contains__, long)) / len(long))
    if not shares:
        return 0.0
    mean = sum(shares) / len(shares)
    if mean >= ENOUGH:
        return mean
    if mean >= WITH_TITLE and find_title(document, pack, lines)[0] is not None:
        return mean
    return 0.0


def _closest_form(forms: list[Pack], text: str, best: Pack) -> Pack | None:
    """The form of one report whose own labels, those that no other form has, the text shows most of.

    Without any such label every form fits alike: then the best one stands, and the year may choose another.
    """
    shares = {pack.id: own_share(pack, forms, text) for pack in forms}
    top = max(shares.values())
    if top <= 0:
        return best
    return next(pack for pack in forms if shares[pack.id] == top)


def own_share(pack: Pack, forms: list[Pack], text: str) -> float:
    """The share of the labels that only this form has which ``text`` (folded) shows."""
    own = _own_labels(pack, forms)
    return sum(map(text.__contains__, own)) / len(own) if own else 0.0


_OWN: dict[tuple[int, ...], tuple[list[Pack], list[str]]] = {}


def _own_labels(pack: Pack, forms: list[Pack]) -> list[str]:
    """The labels that can be told from every label of the other forms; worked out once."""
    key = (id(pack), *map(id, forms))
    known = _OWN.get(key)
    if known is None or any(mine is not theirs for mine, theirs in zip(known[0], forms, strict=True)):
        others = [label for form in forms if form is not pack for label in _signature(form).labels if len(label) >= 2]
        own = [
            label
            for label in _signature(pack).labels
            if len(label) >= MIN_LABEL and not any(label in other or other in label for other in others)
        ]
        known = _OWN[key] = (list(forms), own)
    return known[1]


def form_is_certain(pack: Pack, packs: list[Pack], document: Document, lines: list[TextLine]) -> bool:
    """Whether the document shows labels that only this form of the report has, more than of any other form."""
    forms = [other for other in packs if other.report == pack.report]
    text = _whole_text(document, lines)
    mine = own_share(pack, forms, text)
    return mine > 0 and all(own_share(other, forms, text) < mine for other in forms if other is not pack)


def form_for_year(pack: Pack, packs: list[Pack], year: int) -> Pack | None:
    """The form of the same report that ``year`` asks for; None if no form is known for it."""
    return next((other for other in packs if other.report == pack.report and year in other.years), None)


def own_labels(pack: Pack, packs: list[Pack]) -> frozenset[str]:
    """The folded labels that only this form of the report has."""
    others = {label for form in packs if form.report == pack.report and form is not pack for label in label_set(form)}
    return label_set(pack) - others


__all__ = ["Node", "choose_pack", "form_for_year", "form_is_certain", "label_set", "own_labels"]
