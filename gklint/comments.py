"""Comments to gklint in Markdown and HTML: where they stand, what they say, and what of the text they are about.

``<!-- gklint: ignore GK301, label-drift — reason -->`` is about the next block (a table is one), or about its own line
if it shares that with something; ``ignore-file`` is about the whole file, ``ignore-start`` and ``ignore-end`` enclose a
part of it.  What stands in code is no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from gklint.documents.source import Source
from gklint.findings import Message

VERBS = ("ignore", "ignore-file", "ignore-start", "ignore-end")
_OURS = re.compile(r"\s*gklint\s*(?:[:：]\s*|(?=ignore)|(?<=\s)(?=ignore))")
_VERB = re.compile(r"[^\s,，、:：—–]*")
_WORD = re.compile(r"[\s,，、]*([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?![^\s,，、:：—–-])")
_REASON = re.compile(r"[\s,，、]*(?:—+|–+|--+|-(?=\s)|[:：])\s*(.*?)\s*\Z", re.DOTALL)

_MARKDOWN = re.compile(r"^[ \t>]*(?:(`{3,})[^`\n]*$|(~{3,})[^\n]*$)|(<!--)|(`+)", re.MULTILINE)
_HTML = re.compile(r"(<!--)|<(script|style|textarea|title|xmp)(?=[\s/>])", re.IGNORECASE)
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t>]*(?=\r|\n|\Z)")
_ANY_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
_HEADING = re.compile(r"[ \t>]*#{1,6}(?:\s|$)")

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
    found = []
    for start, end in _html(source.text) if format == "html" else _markdown(source.text):
        comment = _read(source.text, start, end)
        if comment is not None:
            found.append(comment)
    if found:
        _Scopes(source, format).fill(found)
    return found


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
            ticks = re.compile(rf"(?<!`)`{{{len(match[4])}}}(?!`)").search(text, position, paragraph_end)
            position = ticks.end() if ticks else position
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
        comment.reason = " ".join(reason[1].split())
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
    """What each comment of one source is about."""

    def __init__(self, source: Source, format: str) -> None:
        self._source = source
        self._text = source.text
        self._format = format
        self._elements: dict[str, tuple[dict[int, int], dict[int, int]]] = {}

    def fill(self, found: list[Comment]) -> None:
        started: list[Comment] = []
        for comment in found:
            if comment.problem is not None:
                continue
            if comment.verb == "ignore-file":
                comment.scope = (0, len(self._text))
            elif comment.verb == "ignore":
                comment.scope = self._next(comment)
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
        """End the last part that was begun or, if the comment names rules, the last that was begun with just these."""
        names = {word.text.lower() for word in comment.words}
        for index in range(len(started) - 1, -1, -1):
            if not names or names == {word.text.lower() for word in started[index].words}:
                begun = started.pop(index)
                begun.scope = (begun.end, comment.start)
                return
        message = Message("此前没有与此对应的 ignore-start", "no ignore-start of that kind stands before it")
        comment.problem = (message, comment.start, comment.end - comment.start)

    def _next(self, comment: Comment) -> tuple[int, int]:
        text = self._text
        line_start, line_end = self._line(comment.start)[0], self._line(comment.end)[1]
        before = _ANY_COMMENT.sub("", text[line_start : comment.start])
        after = _ANY_COMMENT.sub("", text[comment.end : line_end]).strip()
        tag = _TAG.match(after)
        if tag is not None and tag[2].lower() in _BLOCKS:
            # Between tags it is about the element that begins or ends there, even where a page is one long line.
            place = text.index(after[: tag.end()], comment.end)
            opens, closes = self._matching(tag[2].lower())
            if not tag[1]:
                return place, opens.get(place, line_end)
            if place in closes:
                return closes[place], place
        if before.strip(" \t>") or after:
            return line_start, line_end
        return self._block(line_end)

    def _block(self, position: int) -> tuple[int, int]:
        """The block that begins on one of the lines after ``position``."""
        lines, starts = self._source.lines, self._source.starts
        index = bisect_right(starts, position)
        while index < len(lines):
            line = lines[index]
            begin = starts[index] + len(line) - len(line.lstrip(" \t>"))
            if not line.strip(" \t>"):
                index += 1
            elif self._text.startswith("<!--", begin):
                end = self._text.find("-->", begin)
                if end < 0 or self._text[end + 3 : self._line(end)[1]].strip():
                    break
                index = bisect_right(starts, end)
            else:
                break
        else:
            return len(self._text), len(self._text)
        tag = _TAG.match(self._text, begin)
        if tag is not None and tag[2].lower() in _BLOCKS and not tag[1]:
            end_of = self._matching(tag[2].lower())[0].get(begin)
            if end_of is not None:
                return begin, end_of
        last = index
        if self._format == "markdown" and not _HEADING.match(lines[index]):
            while last + 1 < len(lines) and lines[last + 1].strip(" \t>"):
                last += 1
        return starts[index], starts[last] + len(lines[last])

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
            for match in re.finditer(rf"<!--.*?-->|<(/?){name}(?=[\s/>])", self._text, re.IGNORECASE | re.DOTALL):
                if match[1] is None:
                    continue
                if not match[1]:
                    pending.append(match.start())
                elif pending:
                    begun = pending.pop()
                    opens[begun] = match.end()
                    closes[match.start()] = begun
            known = self._elements[name] = (opens, closes)
        return known
