"""Comments to gklint in Markdown and HTML: where they stand, what they say, and what of the text they are about.

``<!-- gklint: ignore GK301, row-label — reason -->`` is about the next block (a table is one), or about its own line
if it shares that with something; ``ignore-file`` is about the whole file, ``ignore-start`` and ``ignore-end`` enclose a
part of it.  What stands in code is no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from gklint.documents.source import Source
from gklint.findings import Message
from gklint.records import dataclass
from gklint.regex import lazy

VERBS = ("ignore", "ignore-file", "ignore-start", "ignore-end")
_OURS = lazy(r"\s*gklint\s*(?:[:：]\s*|(?=ignore)|(?<=\s)(?=ignore))")
_VERB = lazy(r"[^\s,，、:：—–]*")
_WORD = lazy(r"[\s,，、]*([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?![^\s,，、:：—–-])")
_REASON = lazy(r"[\s,，、]*(?:—+|–+|--+|-(?=\s)|[:：])")

_MARKDOWN = lazy(r"^[ \t>]*(?:(`{3,})[^`\n]*$|(~{3,})[^\n]*$)|(<!--)|(`+)", re.MULTILINE)
_TICKS = lazy("`+")
_HTML = lazy(r"(<!--)|<(script|style|textarea|title|xmp)(?=[\s/>])", re.IGNORECASE)
_BLANK_LINE = lazy(r"(?:\r\n|\n|\r)[ \t>]*(?=\r|\n|\Z)")
_TAG = lazy(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
_HEADING = lazy(r"[ \t>]*#{1,6}(?:\s|$)")

_OPEN = 100
"""Parts begun and not ended that an end by name is looked for among."""
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 "
    "header li main ol p pre section span table tbody td tfoot th thead tr ul".split()
)
"""The elements that a comment can be about as a whole."""


@dataclass(slots=True)
class Word:
    """A rule as a comment names it, and where."""

    text: str
    offset: int


@dataclass(slots=True)
class Comment:
    """One comment.  Offsets are those of the source's text.

    ``scope`` is what it is about, None if that cannot be told because of ``problem``, which is given with its place
    and length.
    """

    verb: str
    words: list[Word]
    reason: str
    start: int
    end: int
    scope: tuple[int, int] | None = None
    problem: tuple[Message, int, int] | None = None


def comments(source: Source, format: str) -> list[Comment]:
    """The comments to gklint in a source, in order.  The cost is linear in the length of the text."""
    if format not in ("markdown", "html"):
        return []
    everything = list(_html(source.text) if format == "html" else _markdown(source.text))
    read = [_read(source.text, start, end) for start, end in everything]
    if any(read):
        _Scopes(source, format, everything).fill(read)
    return [comment for comment in read if comment is not None]


def _html(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a page; in scripts and the like there are none."""
    position = 0
    while match := _HTML.search(text, position):
        if match[1]:
            end = text.find("-->", match.end())
            if end < 0:
                return
            yield match.start(), end + 3
            position = end + 3
        else:
            close = re.compile(rf"</{match[2]}(?=[\s/>])", re.IGNORECASE).search(text, match.end())
            if close is None:
                return
            position = close.end()


def _markdown(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a Markdown text; in fenced code and code spans there are none."""
    position = paragraph_end = 0
    # In the paragraph: where the runs of each number of backticks end, the last one first.
    ticks: dict[int, list[int]] = {}
    while match := _MARKDOWN.search(text, position):
        position = match.end()
        if match[3]:
            end = text.find("-->", position)
            if end < 0:
                return
            yield match.start(), end + 3
            position = end + 3
        elif match[4]:
            if paragraph_end < position:
                blank = _BLANK_LINE.search(text, position)
                paragraph_end = blank.start() if blank else len(text)
                ticks = {}
                for run in reversed(list(_TICKS.finditer(text, position, paragraph_end))):
                    ticks.setdefault(len(run[0]), []).append(run.end())
            ends = ticks.get(len(match[4]), [])
            while ends and ends[-1] <= position:
                ends.pop()
            position = ends.pop() if ends else position
        else:
            fence = match[1] or match[2]
            close = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t\r]*$", re.MULTILINE).search(text, position)
            if close is None:
                return
            position = close.end()


def _read(text: str, start: int, end: int) -> Comment | None:
    """What a comment says to gklint; None if it is not meant for it."""
    inside = text[start + 4 : end - 3]
    ours = _OURS.match(inside)
    if ours is None:
        return None
    base = start + 4
    verb = _VERB.match(inside, ours.end())
    assert verb is not None
    comment = Comment(verb[0].lower(), [], "", start, end)
    if comment.verb not in VERBS:
        comment.problem = (_unknown_verb(verb[0]), base + verb.start(), max(len(verb[0]), 1))
        return comment
    position = verb.end()
    while word := _WORD.match(inside, position):
        comment.words.append(Word(word[1], base + word.start(1)))
        position = word.end()
    rest = inside[position:]
    reason = _REASON.match(rest)
    if reason is not None:
        comment.reason = " ".join(rest[reason.end() :].split())
    elif rest.strip(" \t\r\n,，、"):
        strange = rest.strip(" \t\r\n,，、")
        where = base + position + rest.index(strange)
        shown = strange.split()[0][:40]
        message = Message(
            f"此处应为规则代码或名称，或用“—”引出理由，实为“{shown}”",
            f"found {shown!r} where a code, a name or — and the reason is expected",
        )
        comment.problem = (message, where, len(shown))
        return comment
    if not comment.words and comment.verb != "ignore-end":
        message = Message(
            f"{comment.verb} 没有写明要忽略的规则，例如 {comment.verb} GK301",
            f"names no rule; write {comment.verb} GK301",
        )
        comment.problem = (message, base + verb.start(), len(verb[0]))
    return comment


def _unknown_verb(word: str) -> Message:
    from gklint.packs.nearest import nearest

    close = nearest(word.lower(), VERBS) or ("ignore" if word.lower().startswith("disable") else None)
    known = ", ".join(VERBS)
    if not word:
        return Message(f"gklint: 之后应为 {known} 之一", f"nothing stands after 'gklint:'; it takes {known}")
    if close is not None:
        return Message(f"不认识“{word}”，是否应为 {close}？", f"unknown word {word!r}; did you mean {close!r}?")
    return Message(f"不认识“{word}”，此处可用 {known}", f"unknown word {word!r}; allowed are {known}")


class _Scopes:
    """What each comment of one source is about.  ``everything`` is where comments of any kind stand."""

    def __init__(self, source: Source, format: str, everything: list[tuple[int, int]]) -> None:
        self._source = source
        self._text = source.text
        self._format = format
        self._elements: dict[str, tuple[dict[int, int], dict[int, int]]] = {}
        self._blocks: dict[int, tuple[int, int]] = {}
        self._ends = dict(everything)
        self._paragraphs: list[int] | None = None
        # For each comment: whether only comments stand before it on its line, and where anything else stands after it.
        self._first: list[bool] = []
        self._next_text: list[int | None] = [None] * len(everything)
        before = (0, 0)
        for start, end in everything:
            line = self._line(start)[0]
            gap = self._text[max(line, before[1]) : start].strip(" \t>\r\n")
            self._first.append(not gap and (before[1] <= line or self._first[-1]))
            before = (start, end)
        after: tuple[int, int] | None = None
        for index in range(len(everything) - 1, -1, -1):
            end = everything[index][1]
            line_end = self._line(end)[1]
            stop = line_end if after is None else min(line_end, after[0])
            gap = self._text[end:stop]
            if gap.strip():
                self._next_text[index] = end + len(gap) - len(gap.lstrip())
            elif after is not None and after[0] <= line_end:
                self._next_text[index] = self._next_text[index + 1]
            after = everything[index]

    def fill(self, read: list[Comment | None]) -> None:
        """Give the comments to gklint, which stand among the others, their scopes."""
        started: list[Comment] = []
        for index, comment in enumerate(read):
            if comment is None or comment.problem is not None:
                continue
            if comment.verb == "ignore-file":
                comment.scope = (0, len(self._text))
            elif comment.verb == "ignore":
                comment.scope = self._next(comment, index)
            elif comment.verb == "ignore-start":
                comment.scope = (comment.end, len(self._text))
                started.append(comment)
            else:
                self._stop(comment, started)
        for comment in started:
            message = Message(
                "没有与此对应的 ignore-end，直到文件末尾都被忽略",
                "no ignore-end follows; it reaches to the end of the file",
            )
            comment.problem = (message, comment.start, comment.end - comment.start)

    def _stop(self, comment: Comment, started: list[Comment]) -> None:
        """End the last part that was begun or, if the comment names rules, that was begun with just these."""
        names = {word.text.lower() for word in comment.words}
        if started and (not names or names == {word.text.lower() for word in started[-1].words}):
            begun = started.pop()
        else:
            # Parts seldom overlap: the list is as long as it is only where comments are unbalanced.
            last = range(len(started) - 1, max(len(started) - _OPEN, 0) - 1, -1)
            same = (number for number in last if names == {word.text.lower() for word in started[number].words})
            number = next(same, None) if names else None
            if number is None:
                message = Message("此前没有与此对应的 ignore-start", "no ignore-start of that kind stands before it")
                comment.problem = (message, comment.start, comment.end - comment.start)
                return
            begun = started.pop(number)
        begun.scope = (begun.end, comment.start)

    def _next(self, comment: Comment, index: int) -> tuple[int, int]:
        line_start, line_end = self._line(comment.start)[0], self._line(comment.end)[1]
        place = self._next_text[index]
        tag = _TAG.match(self._text, place) if place is not None else None
        if place is not None and tag is not None and tag[2].lower() in _BLOCKS:
            # Between tags it is about the element that begins or ends there, even where a page is one long line.
            opens, closes = self._matching(tag[2].lower())
            if not tag[1]:
                return place, opens.get(place, self._line(place)[1])
            if place in closes:
                return closes[place], place
        if place is not None or not self._first[index]:
            return line_start, line_end
        return self._block(line_end)

    def _block(self, position: int) -> tuple[int, int]:
        """The block that begins on one of the lines after ``position``."""
        lines, starts = self._source.lines, self._source.starts
        index = bisect_right(starts, position)
        passed: list[int] = []
        found: tuple[int, int] | None = None
        while found is None:
            found = self._blocks.get(index)
            passed.append(index)
            if index >= len(lines):
                found = (len(self._text), len(self._text))
            elif found is None:
                line = lines[index]
                begin = starts[index] + len(line) - len(line.lstrip(" \t>"))
                end = self._ends.get(begin)
                if not line.strip(" \t>"):
                    index += 1
                elif end is not None and not self._text[end : self._line(end)[1]].strip():
                    index = bisect_right(starts, end)
                else:
                    found = self._block_at(index, begin)
        self._blocks.update(dict.fromkeys(passed, found))
        return found

    def _block_at(self, index: int, begin: int) -> tuple[int, int]:
        """The block that begins on a line, its first character at ``begin``."""
        lines, starts = self._source.lines, self._source.starts
        tag = _TAG.match(self._text, begin)
        if tag is not None and tag[2].lower() in _BLOCKS and not tag[1]:
            end_of = self._matching(tag[2].lower())[0].get(begin)
            if end_of is not None:
                return begin, end_of
        last = index
        if self._format == "markdown" and not _HEADING.match(lines[index]):
            last = self._paragraph_end(index)
        return starts[index], starts[last] + len(lines[last])

    def _paragraph_end(self, index: int) -> int:
        """The last line before a blank one."""
        if self._paragraphs is None:
            lines = self._source.lines
            self._paragraphs = list(range(len(lines)))
            for number in range(len(lines) - 2, -1, -1):
                if lines[number + 1].strip(" \t>"):
                    self._paragraphs[number] = self._paragraphs[number + 1]
        return self._paragraphs[index]

    def _line(self, offset: int) -> tuple[int, int]:
        """The offsets of the beginning and end of the line that ``offset`` is on."""
        index = max(bisect_right(self._source.starts, offset) - 1, 0)
        start = self._source.starts[index]
        return start, start + len(self._source.lines[index])

    def _matching(self, name: str) -> tuple[dict[int, int], dict[int, int]]:
        """For the elements of a name: where each that is begun at an offset ends, and the other way round."""
        known = self._elements.get(name)
        if known is None:
            opens: dict[int, int] = {}
            closes: dict[int, int] = {}
            pending: list[int] = []
            inside = iter(self._ends.items())
            comment = next(inside, None)
            for match in re.finditer(rf"<(/?){name}(?=[\s/>])", self._text, re.IGNORECASE):
                while comment is not None and comment[1] <= match.start():
                    comment = next(inside, None)
                if comment is not None and comment[0] < match.start():
                    continue
                if not match[1]:
                    pending.append(match.start())
                elif pending:
                    begun = pending.pop()
                    opens[begun] = match.end()
                    closes[match.start()] = begun
            known = self._elements[name] = (opens, closes)
        return known
