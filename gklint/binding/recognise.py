"""Recognising labels among tokens and cutting tokens into logical rows: labels in front, values behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gklint.binding.labels import fold
from gklint.binding.layout import Item, LabelIndex, Layout
from gklint.binding.tokens import MAX_PIECES, Strip, Token, TokenRow
from gklint.documents.model import Cell, Located
from gklint.records import dataclass, field

MAX_LABEL = 120
"""A longer text is prose, no label."""


@dataclass(slots=True, eq=False)
class Word:
    """A text token as recognised: ``items`` is empty for a text that is no label of the form as it stands."""

    token: Token
    items: list[Item]

    @property
    def text(self) -> Located:
        return self.token.text

    @property
    def folded(self) -> str:
        return self.token.folded


@dataclass(slots=True, eq=False)
class LogicalRow:
    """Words and values that belong together.

    ``values`` are the tokens behind the last label.  ``closed`` tells that the row's end is known, so that a missing
    cell can be told.
    """

    words: list[Word] = field(default_factory=list)
    values: list[Token] = field(default_factory=list)
    width: int = 0
    grid: int = -1
    grid_row: list[Cell | None] = field(default_factory=list)
    closed: bool = True
    tabbed: bool = False

    @property
    def items(self) -> list[Item]:
        return [item for word in self.words for item in word.items]

    def has(self, kind: str) -> bool:
        """Whether any word may be a label of this kind."""
        for word in self.words:
            for item in word.items:
                if item.kind == kind:
                    return True
        return False

    @property
    def place(self) -> Located:
        """Where the row begins: its first word, else its first value."""
        return self.words[0].text if self.words else self.values[0].text

    @property
    def filled(self) -> bool:
        """Whether any value is not blank."""
        for value in self.values:  # noqa: SIM110, called for every row of every table
            if value.text.text:
                return True
        return False


def logical_rows(strip: Strip, index: LabelIndex, layouts: list[Layout]) -> Iterable[LogicalRow]:
    """The rows of a strip, to be gone through once.

    Where the ends of rows are lost, ``layouts`` tell how many values a row has: text after that many is a new label,
    text before that a value that is not a number.
    """
    if strip.bounded:
        return (logical for row in strip.rows for logical in _bounded_rows(row, index))
    return _unbounded_rows(strip.rows, index, layouts)


def _bounded_rows(row: TokenRow, index: LabelIndex) -> list[LogicalRow]:
    """The row that a bounded row of tokens is, or the rows if labels follow values in it (a lost line end)."""
    tokens = row.tokens
    words: list[tuple[int, Word]] = []
    known = index.items
    for position, token in enumerate(tokens):
        folded = token.folded
        # Most tokens are values: no label is looked up for a number that is none.
        if folded and (not token.numeric or folded in known) and len(folded) <= MAX_LABEL and _is_word(token, index):
            words.append((position, Word(token, known.get(folded, []))))
    starts = _row_starts(words, tokens)
    result: list[LogicalRow] = []
    for number, (first, last) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(tokens)
        result.append(
            LogicalRow(
                [word for position, word in words if first <= position <= last],
                tokens[last + 1 : end],
                row.width if len(starts) == 1 else end - first,
                row.grid if len(starts) == 1 else -1,
                row.grid_row,
                tabbed=row.tabbed,
            )
        )
    return result


def _row_starts(words: list[tuple[int, Word]], tokens: list[Token]) -> list[tuple[int, int]]:
    """For each logical row the positions of its first token and of its last label."""
    labels = [position for position, word in words if _is_row_label(word)]
    if not labels:
        heads = [position for position, word in words if word.items]
        if heads:
            return [(0, len(tokens) - 1 if not _values_after(tokens, words[-1][0]) else words[-1][0])]
        return [(0, _unknown_label_end(words, tokens))]
    starts: list[tuple[int, int]] = []
    first, last = 0, labels[0]
    for position in labels[1:]:
        if any(tokens[between].numeric and not tokens[between].blank for between in range(last + 1, position)):
            starts.append((first, last))
            first = position
        last = position
    starts.append((first, _damaged_label_end(words, last)))
    return starts


def _is_row_label(word: Word) -> bool:
    for item in word.items:  # noqa: SIM110, called for every word of every table
        if item.kind == "row":
            return True
    return False


def _damaged_label_end(words: list[tuple[int, Word]], last: int) -> int:
    """Behind a group's label the row's own label follows, even if it is damaged: the texts right behind ``last``."""
    by_position = dict(words)
    for item in by_position[last].items:
        if item.kind == "row" and item.node is not None and not item.node.children:
            return last
    while last + 1 in by_position and not by_position[last + 1].token.numeric:
        last += 1
    return last


def _values_after(tokens: list[Token], position: int) -> bool:
    return any(token.numeric and not token.blank for token in tokens[position + 1 :])


def _unknown_label_end(words: list[tuple[int, Word]], tokens: list[Token]) -> int:
    """The last token of the label of a row that is not recognised: its leading texts, up to the first number."""
    end = -1
    texts = {position for position, _ in words}
    for position, token in enumerate(tokens):
        if position in texts:
            if end >= 0 and position > end + 1:
                break
            end = position
        elif not token.blank or end >= 0:
            break
    return end


def _unbounded_rows(pieces: Iterable[TokenRow], index: LabelIndex, layouts: list[Layout]) -> Iterator[LogicalRow]:
    before = LogicalRow()
    current = LogicalRow(closed=False)
    for piece in pieces:
        # The pieces but the last end where the copy shows the end of a row.
        if current.words or current.values:
            current.closed = True
            yield current
            before, current = current, LogicalRow(closed=False)
        tokens = _join_split_labels(piece.tokens, index)
        for token in tokens:
            if not _is_word(token, index):
                if not current.values and (unknown := _unknown_tail(current, layouts)):
                    del current.words[-len(unknown) :]
                    current.closed = True
                    yield current
                    before, current = current, LogicalRow(unknown, closed=False)
                current.values.append(token)
                continue
            items = index.items.get(token.folded, []) if len(token.folded) <= MAX_LABEL else []
            is_row = any(item.kind == "row" for item in items)
            if not items and _is_odd_value(token, current, before, layouts):
                current.values.append(token)
                continue
            if current.values or (is_row and not _only_rows(current)) or (not is_row and items and _is_data(current)):
                current.closed = bool(items)
                yield current
                before, current = current, LogicalRow(closed=False)
            current.words.append(Word(token, items))
    if current.words or current.values:
        yield current


def _is_word(token: Token, index: LabelIndex) -> bool:
    """Whether a token is text: a label that looks like a value (``3.其他``) is text as well, bare digits only in a
    head."""
    if not token.folded:
        return False
    return not token.numeric or (token.folded in index.items and (token.header or not token.folded.isdigit()))


MAX_ODD = 10
"""A longer text is no value, however wrong."""
MAX_LABELS = 64
"""How many words back a table's label is looked for: no head of a form has more."""


def _is_odd_value(token: Token, current: LogicalRow, before: LogicalRow, layouts: list[Layout]) -> bool:
    """Whether an unknown text is a value that is no number: it stands where values of a row are still to come."""
    labelled = (current.words or (before.words if current.values else []))[-MAX_LABELS:]
    table = next((item.table for word in reversed(labelled) for item in word.items), None)
    if table is None:
        return False
    wanted = len(layouts[table].column_leaves)
    if not layouts[table].rows:
        heads = sum(1 for word in labelled for item in word.items[:1] if item.node and not item.node.children)
        return (bool(current.values) or heads >= wanted) and len(current.values) < wanted
    if not _is_data(current):
        return False
    if current.values:
        return len(current.values) < wanted
    last = current.words[-1].items
    leaf = any(item.kind == "row" and item.node is not None and not item.node.children for item in last)
    return leaf and len(token.folded) <= MAX_ODD


def _unknown_tail(row: LogicalRow, layouts: list[Layout]) -> list[Word]:
    """The unknown words at the end of a head, if the table has row labels: then they are the label of what follows."""
    heads = [item.table for word in row.words for item in word.items]
    if not heads or _is_data(row) or not layouts[heads[-1]].rows:
        return []
    tail: list[Word] = []
    for word in reversed(row.words):
        if word.items or len(tail) == 2:
            break
        tail.insert(0, word)
    return tail


def _is_data(row: LogicalRow) -> bool:
    return any(item.kind == "row" for word in row.words for item in word.items)


def _only_rows(row: LogicalRow) -> bool:
    return all(any(item.kind == "row" for item in word.items) for word in row.words)


def _join_split_labels(tokens: list[Token], index: LabelIndex) -> list[Token]:
    """Neighbouring pieces that together are a label become one token; the longest label wins."""
    result: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        best: Token | None = None
        used = 1
        if not token.numeric and token.folded in index.beginnings:
            folded = token.folded
            for count in range(2, MAX_PIECES + 1):
                if position + count > len(tokens):
                    break
                following = tokens[position + count - 1]
                if following.blank or not tokens[position + count - 2].continues:
                    break
                folded += fold(following.text.text)
                if folded in index.whole:
                    best = _joined(tokens[position : position + count])
                    used = count
                if folded not in index.beginnings:
                    break
        result.append(best or token)
        position += used
    return result


def _joined(tokens: list[Token]) -> Token:
    token = Token(Located.join([piece.text for piece in tokens]))
    token.continues = tokens[-1].continues
    token.numeric = False
    return token
