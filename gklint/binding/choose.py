"""Which pack applies: decided by the pack's own evidence in the document, never by its name or place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from functools import lru_cache
from itertools import islice

from gklint.binding.facts import find_title
from gklint.binding.labels import fold, fold_long, spellings
from gklint.binding.outline import TextLine
from gklint.documents.model import Document, Table
from gklint.packs.model import Node, Pack
from gklint.records import dataclass

ENOUGH = 0.35
"""The least share of a pack's sections and labels that a document must show, less with a title."""
WITH_TITLE = 0.15
PLAIN = 0.9
"""From this share of its labels in cells on, a form is shown plainly."""
MAX_TEXTS = 20_000
"""So many cells of a table are looked at: the tables of a form have far fewer."""
PORTION = 10_000
"""So many lines of prose are folded at once."""
MIN_LABEL = 4
"""A shorter label could stand in any text."""


@dataclass(slots=True, eq=False)
class _Labels:
    """Some labels of a pack, folded, and as the form prints them."""

    folded: list[str]
    printed: frozenset[str]

    def stand_in(self, written: set[str], folded: Callable[[], set[str]]) -> bool:
        """Whether nearly all are among the texts of cells, as they are ``written`` or, which takes longer, folded."""
        enough = PLAIN * len(self.folded)
        if sum(map(written.__contains__, self.printed)) >= enough:
            return True
        return sum(map(folded().__contains__, self.folded)) >= enough


@dataclass(slots=True)
class _Signature:
    """What of a pack can be looked for in a text: folded section titles and labels, with their official text."""

    titles: list[tuple[str, ...]]
    labels: dict[str, str]
    long: _Labels
    """The labels that are long enough to be looked for in any text."""


_SIGNATURES: dict[int, tuple[Pack, _Signature]] = {}


def _signature(pack: Pack) -> _Signature:
    known = _SIGNATURES.get(id(pack))
    if known is not None and known[0] is pack:
        return known[1]
    labels: dict[str, str] = {}
    for table in pack.tables:
        for node in (*table.rows, *table.columns):
            for below in node.walk():
                labels.setdefault(fold(below.label.text), below.label.text)
    long = _select(labels, [label for label in labels if len(label) >= MIN_LABEL])
    signature = _Signature([spellings(section.title) for section in pack.sections], labels, long)
    _SIGNATURES[id(pack)] = (pack, signature)
    return signature


def _select(labels: dict[str, str], folded: list[str]) -> _Labels:
    return _Labels(folded, frozenset([labels[label] for label in folded]))


def label_set(pack: Pack) -> Set[str]:
    """The folded labels of a pack's rows and columns."""
    return _signature(pack).labels.keys()


class _Shown:
    """What a document shows of labels, folded: in cells of their own, or anywhere in its text."""

    def __init__(self, document: Document, lines: list[TextLine]) -> None:
        self._lines = lines
        self._tables = [block for block in document.blocks if isinstance(block, Table)]
        self._known: list[tuple[str, ...]] = []
        """The words of tables whose like may have been seen before."""
        self._others: set[str] = set()
        for table in self._tables:
            figures = table.figures()
            if figures is not None:
                self._known.append(figures.words)
            else:
                self._others.update(islice(table.texts(), MAX_TEXTS))
        self._cells: set[str] | None = None
        self._text: str | None = None

    @property
    def cells(self) -> set[str]:
        """The texts of cells; figures may be left out."""
        if self._cells is None:
            self._cells = set(map(fold, self._others)).union(*map(_folded, self._known))
        return self._cells

    @property
    def text(self) -> str:
        """All of it.  To fold the prose takes longer than to bind a table, so that is put off."""
        if self._text is None:
            prose = (line.written.text for line in self._lines if len(line.written.text) <= 200)
            # Bit by bit: what is needed to fold a text is several times as long.
            folded = [fold_long("".join(lines)) for lines in _portions(prose, PORTION)]
            cells = dict.fromkeys([text for table in self._tables for text in islice(table.texts(), MAX_TEXTS)])
            self._text = "".join([*folded, *dict.fromkeys(map(fold, cells))])
        return self._text

    def share(self, labels: _Labels) -> float:
        """The share of some labels that stand anywhere; 0 if there are none."""
        if not labels.folded:
            return 0.0
        missing = [label for label in labels.folded if label not in self.cells]
        found = len(labels.folded) - len(missing)
        if missing:
            found += sum(map(self.text.__contains__, missing))
        return found / len(labels.folded)

    def in_cells(self, labels: _Labels) -> bool:
        """Whether nearly all of some labels are the whole of a cell."""
        if not self._others:
            return _in_known_cells(tuple(self._known), labels)
        return labels.stand_in(self._others.union(*self._known), lambda: self.cells)


@lru_cache(maxsize=512)
def _in_known_cells(known: tuple[tuple[str, ...], ...], labels: _Labels) -> bool:
    """The same of tables with these words."""
    return labels.stand_in(set().union(*known), lambda: set().union(*map(_folded, known)))


def _portions(items: Iterator[str], size: int) -> Iterator[list[str]]:
    """The items, so many at a time."""
    while portion := list(islice(items, size)):
        yield portion


@lru_cache(maxsize=512)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    """Some texts, folded.  Tables with the same labels have the same words."""
    return frozenset(map(fold, words))


def choose_pack(document: Document, packs: list[Pack], lines: list[TextLine]) -> Pack | None:
    """The pack whose sections and labels the document shows most of; None if it shows too little of each.

    Of several forms of one report that fit alike, the caller's facts decide: see `rival_forms`.
    """
    if not lines and not any(isinstance(block, Table) for block in document.blocks):
        return None
    shown = _Shown(document, lines)
    headings = {line.folded for line in lines if not line.cell and line.folded}
    plain = _plain_case(packs, shown, headings)
    if plain is not None:
        return plain
    best: tuple[float, Pack] | None = None
    for pack in packs:
        score = _evidence(document, pack, lines, shown, headings)
        if score > 0 and (best is None or score > best[0]):
            best = (score, pack)
    if best is None:
        return None
    forms = [pack for pack in packs if pack.report == best[1].report]
    return _closest_form(forms, shown, best[1]) if len(forms) > 1 else best[1]


def _plain_case(packs: list[Pack], shown: _Shown, headings: set[str]) -> Pack | None:
    """The pack nearly all of whose labels have cells of their own below most of its titles, if only one is so.

    What prose says of another form's labels cannot outweigh that.
    """
    fitting = [
        pack
        for pack in packs
        if _signature(pack).long.folded
        and shown.in_cells(_signature(pack).long)
        and _titles_shown(pack, headings) >= ENOUGH
    ]
    if len(fitting) != 1:
        return None
    forms = [pack for pack in packs if pack.report == fitting[0].report]
    return fitting[0] if len(forms) == 1 or shown.in_cells(_own_labels(fitting[0], forms)) else None


def _titles_shown(pack: Pack, headings: set[str]) -> float:
    titles = _signature(pack).titles
    return sum([not headings.isdisjoint(names) for names in titles]) / len(titles) if titles else 1.0


def _evidence(document: Document, pack: Pack, lines: list[TextLine], shown: _Shown, headings: set[str]) -> float:
    signature = _signature(pack)
    shares: list[float] = []
    if signature.titles:
        shares.append(_titles_shown(pack, headings))
    if signature.long.folded:
        shares.append(shown.share(signature.long))
    if not shares:
        return 0.0
    mean = sum(shares) / len(shares)
    if mean >= ENOUGH:
        return mean
    if mean >= WITH_TITLE and find_title(document, pack, lines)[0] is not None:
        return mean
    return 0.0


def _closest_form(forms: list[Pack], shown: _Shown, best: Pack) -> Pack | None:
    """The form of one report whose own labels, those that no other form has, the text shows most of.

    Without any such label every form fits alike: then the best one stands, and the year may choose another.
    """
    shares = {pack.id: shown.share(_own_labels(pack, forms)) for pack in forms}
    top = max(shares.values())
    if top <= 0:
        return best
    return next(pack for pack in forms if shares[pack.id] == top)


_OWN: dict[tuple[int, ...], tuple[list[Pack], _Labels]] = {}


def _own_labels(pack: Pack, forms: list[Pack]) -> _Labels:
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
        known = _OWN[key] = (list(forms), _select(_signature(pack).labels, own))
    return known[1]


def form_is_certain(pack: Pack, packs: list[Pack], document: Document, lines: list[TextLine]) -> bool:
    """Whether the document shows labels that only this form of the report has, more than of any other form."""
    forms = [other for other in packs if other.report == pack.report]
    shown = _Shown(document, lines)
    mine = shown.share(_own_labels(pack, forms))
    return mine > 0 and all(shown.share(_own_labels(other, forms)) < mine for other in forms if other is not pack)


def form_for_year(pack: Pack, packs: list[Pack], year: int) -> Pack | None:
    """The form of the same report that ``year`` asks for; None if no form is known for it."""
    return next((other for other in packs if other.report == pack.report and year in other.years), None)


def own_labels(pack: Pack, packs: list[Pack]) -> frozenset[str]:
    """The folded labels that only this form of the report has."""
    others = {label for form in packs if form.report == pack.report and form is not pack for label in label_set(form)}
    return frozenset(label_set(pack) - others)


__all__ = ["Node", "choose_pack", "form_for_year", "form_is_certain", "label_set", "own_labels"]
