"""What a report says of itself: its title, and facts such as its year and the body that reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gklint.binding.labels import edit_distance, fold, spellings
from gklint.binding.outline import TextLine
from gklint.documents.model import Document, Located, Span
from gklint.packs.matching import compiled
from gklint.packs.model import Fact, Pack
from gklint.regex import lazy

TITLE_LINES = 40
"""A title stands within the first lines of text, behind a page's navigation perhaps."""
MAX_TITLE = 90
MAX_NAME = 30
"""A longer line before a title is not the name of the body that reports."""
MAX_PREFACE_LINES = 200
"""Facts are looked for in no more lines than these: a report without sections may be one long preface."""
_YEAR = lazy(r"(?:19|20)\d\d")


class Facts(Mapping[str, str]):
    """The values of a pack's facts by name, each looked for when somebody asks for it: most decide nothing in most
    reports.

    ``texts`` are what they are looked for in.  A fact that is told from another must come after that one.
    """

    __slots__ = ("_facts", "_found", "_texts")

    def __init__(self, facts: Iterable[Fact], texts: list[Located]) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.of is None or fact.of in self._facts:
                self._facts[fact.name] = fact
        self._texts = texts
        self._found: dict[str, tuple[str | None, Span | None]] = {}

    def _find(self, name: str) -> tuple[str | None, Span | None]:
        """The value of a fact, None if it is not known, and where it stands."""
        known = self._found.get(name)
        if known is None:
            fact = self._facts.get(name)
            if fact is None:
                return None, None
            known = _search(fact, self._texts) if fact.of is None else (_derived(fact, self.get(fact.of)), None)
            self._found[name] = known
        return known

    def span(self, name: str) -> Span | None:
        """Where a fact stands in the document; None if it is not known or only told from another."""
        return self._find(name)[1]

    def __getitem__(self, name: str) -> str:
        value = self._find(name)[0]
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._facts if self._find(name)[0] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Preface(NamedTuple):
    """What stands before the first section: the report's title as found (None if there is none), whether it is
    undamaged, and the pack's facts."""

    title: Located | None
    title_right: bool
    facts: Facts


def find_title(document: Document, pack: Pack, lines: list[TextLine]) -> tuple[Located | None, bool]:
    """The report's title: the first of the early lines, or of two or three of them joined, that is one.

    The second value tells whether it is undamaged; a damaged one is taken only where a year stands with it.
    """
    early = [line for line in lines[:TITLE_LINES] if not line.cell]
    if pack.title_pattern is not None:
        pattern = compiled(pack.title_pattern)
        for count in (1, 2, 3):
            for number in range(len(early) - count + 1):
                joined = _join(early[number : number + count])
                if joined is not None and pattern.search(_squeeze(joined.text)):
                    return _with_name(early, number, count) or joined, True
        if document.title is not None and pattern.search(_squeeze(document.title.text)):
            return document.title, True
    if pack.title_text is not None:
        return _damaged_title(pack, early), False
    return None, False


def _join(lines: list[TextLine]) -> Located | None:
    if not lines or sum(len(line.text.text) for line in lines) > MAX_TITLE:
        return None
    return Located.join([line.text for line in lines])


def _with_name(early: list[TextLine], number: int, count: int) -> Located | None:
    """A title that begins with its year together with the line before it, if that can be the name of a body."""
    if not number or not early[number].text.text[:1].isdigit():
        return None
    name = early[number - 1].text.text
    if len(name) > MAX_NAME or not name.isalnum() or any(map(str.isdigit, name)):
        return None
    return _join(early[number - 1 : number + count])


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _damaged_title(pack: Pack, early: list[TextLine]) -> Located | None:
    assert pack.title_text is not None
    names = spellings(pack.title_text)
    for count in (1, 2):
        for number in range(len(early) - count + 1):
            joined = _join(early[number : number + count])
            if joined is None or not _YEAR.search(early[number].text.text):
                continue
            folded = fold(joined.text)
            for name in names:
                for length in range(max(2, len(name) - 2), len(name) + 3):
                    tail = folded[-length:]
                    if 0 < edit_distance(tail, name) <= max(1, len(name) // 5):
                        return joined
    return None


def read_preface(document: Document, pack: Pack, lines: list[TextLine], end: int) -> Preface:
    """The title and the facts of a document.

    ``end`` is the index in ``lines`` of the first section's heading: facts are looked for in the title and in the text
    before that, never further down, where other years and names stand.
    """
    title, right = find_title(document, pack, lines[:end])
    texts: list[Located] = [title] if title is not None else []
    if document.title is not None and document.title is not title:
        texts.append(document.title)
    texts.extend([line.text for line in lines[: min(end, MAX_PREFACE_LINES)] if not line.cell])
    return Preface(title, right or title is None, Facts(pack.facts, texts))


def _search(fact: Fact, texts: list[Located]) -> tuple[str | None, Span | None]:
    for pattern in fact.patterns:
        expression = compiled(pattern)
        group: int | str = fact.name if fact.name in expression.groupindex else 1 if expression.groups else 0
        for text in texts:
            match = expression.search(text.text)
            if match is not None and match.group(group):
                return match.group(group), text.span(match.start(group), match.end(group))
            squeezed = _squeeze(text.text) if match is None else text.text
            if squeezed != text.text and (match := expression.search(squeezed)) is not None and match.group(group):
                return match.group(group), text.span()
    return None, None


def _derived(fact: Fact, value: str | None) -> str | None:
    if value is None:
        return None
    for name, patterns in fact.cases:
        if any(compiled(pattern).search(value) for pattern in patterns):
            return None if name == "unknown" else name
    return None
