"""The parser of expressions: a tokenizer and a recursive descent, both bounded.  The grammar is docs/expressions.md."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, NoReturn, Protocol

from gklint.packs.expressions import (
    COMPARISONS,
    FUNCTIONS,
    SPREADING,
    Call,
    Comparison,
    Expression,
    ExpressionError,
    Negation,
    Number,
    Operation,
    Reference,
)

MAX_LENGTH = 4_000
"""Characters of one expression."""
MAX_NESTING = 50
"""Parentheses, functions and minus signs inside one another."""
MAX_CHAIN = 200
"""Operations one upon the other (``a + b + c`` is two): bounds the depth of the tree, hence every walk over it."""
MAX_DIGITS = 30
MAX_DECIMALS = 20
"""The largest second argument of ``round``."""

RESERVED = ("within",)
"""Names that a row, column or table cannot have."""

NAME = re.compile(r"[^\W\d]\w*")

# One character for one, so that offsets stay those of the text as written.
_PLAIN = str.maketrans("＋－−＊×／÷（），＝＜＞！［］：．　\t\n\r", "+--**//(),=<>![]:.    ")
_SPELLINGS = {"=": "==", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[^\W\d]\w*)|(?P<compare>==|!=|<>|<=|>=|=|<|>|≤|≥|≠)"
    r"|(?P<stars>\*\*)|(?P<sign>[-+*/(),:.\[\]±])"
)
_OPERAND = "a cell, a number, a function or '('"


class Token(NamedTuple):
    kind: str
    """``number``, ``name``, ``compare``, ``end`` or, for all other signs, the sign itself."""
    text: str
    offset: int


def _tokens(text: str) -> list[Token]:
    plain = text.translate(_PLAIN)
    tokens: list[Token] = []
    index = 0
    while index < len(plain):
        if plain[index].isspace():
            index += 1
            continue
        match = _TOKEN.match(plain, index)
        if match is None:
            found = text[index]
            hint = "; a name holds letters, digits and '_' only" if found in "`'\"$@#" else ""
            raise ExpressionError(f"found {found!r}, which no expression may hold{hint}", index, found)
        kind = match.lastgroup or ""
        tokens.append(Token(match.group() if kind in ("sign", "stars") else kind, match.group(), index))
        index = match.end()
    tokens.append(Token("end", "", len(text)))
    return tokens


class _Parser:
    """Recursive descent; each method returns a node together with the height of its tree."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ExpressionError(
                f"an expression of {len(text)} characters; at most {MAX_LENGTH} are allowed", MAX_LENGTH
            )
        self.text = text
        self.tokens = _tokens(text)
        self.index = 0
        self.nesting = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def fail(self, allowed: str, token: Token | None = None) -> NoReturn:
        token = token or self.token
        found = repr(token.text) if token.text else "the end of the expression"
        raise ExpressionError(f"found {found} where {allowed} is expected", token.offset, token.text, allowed)

    def expect(self, kind: str) -> Token:
        if self.token.kind != kind:
            self.fail(repr(kind))
        return self.advance()

    def nest(self, token: Token) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise ExpressionError(
                f"more than {MAX_NESTING} parentheses, functions or minus signs inside one another",
                token.offset,
                token.text,
            )

    def comparison(self) -> Comparison:
        left, _ = self.sum()
        if self.token.kind != "compare":
            self.fail("a comparison (== != <= >= < >) or an operator (+ - * /)")
        operator = self.advance().text
        operator = _SPELLINGS.get(operator, operator)
        assert operator in COMPARISONS
        right, _ = self.sum()
        tolerance = Decimal(0)
        if self.token.kind == "compare":
            token = self.token
            raise ExpressionError(
                f"found a second comparison {token.text!r}; write one identity for each", token.offset, token.text
            )
        if self.token.kind == "±" or (self.token.kind == "name" and self.token.text == "within"):
            self.advance()
            if self.token.kind != "number":
                self.fail("the tolerance, a number,")
            tolerance = self.number().value
        if self.token.kind != "end":
            self.fail("an operator (+ - * /), 'within' or the end")
        return Comparison(left, operator, right, tolerance, self.text)

    def sum(self) -> tuple[Expression, int]:
        node, height = self.product()
        while self.token.kind in ("+", "-"):
            node, height = self.operation(node, height, self.product)
        return node, height

    def product(self) -> tuple[Expression, int]:
        node, height = self.operand()
        while self.token.kind in ("*", "/"):
            node, height = self.operation(node, height, self.operand)
        return node, height

    def operation(self, left: Expression, height: int, operand: _Rule) -> tuple[Expression, int]:
        token = self.advance()
        right, right_height = operand()
        height = max(height, right_height) + 1
        if height > MAX_CHAIN:
            raise ExpressionError(
                f"more than {MAX_CHAIN} operations in a row; use sum(…) or a wildcard", token.offset, token.text
            )
        return Operation(token.text, left, right), height

    def operand(self) -> tuple[Expression, int]:
        token = self.token
        if token.kind == "-":
            self.nest(self.advance())
            node, height = self.operand()
            self.nesting -= 1
            return Negation(node), height + 1
        if token.kind == "(":
            self.nest(self.advance())
            node, height = self.sum()
            self.expect(")")
            self.nesting -= 1
            return node, height
        if token.kind == "number":
            return self.number(), 1
        if token.kind == "name" and self.tokens[self.index + 1].kind == "(":
            return self.call()
        reference = self.reference()
        if reference.wild:
            raise ExpressionError(
                f"the wildcard {self.text[reference.offset : self.token.offset].strip()!r} stands for several cells; "
                f"write it inside {', '.join(SPREADING[:-1])} or {SPREADING[-1]}, by itself",
                reference.offset,
                "*",
            )
        return reference, 1

    def number(self) -> Number:
        token = self.advance()
        if len(token.text) > MAX_DIGITS:
            raise ExpressionError(f"a number of more than {MAX_DIGITS} digits", token.offset, token.text)
        return Number(Decimal(token.text))

    def call(self) -> tuple[Expression, int]:
        name = self.advance()
        if name.text == "previous":
            message = "previous(…), the cells of the year before, is not supported yet"
            raise ExpressionError(message, name.offset, name.text)
        if name.text not in FUNCTIONS:
            from gklint.packs.nearest import did_you_mean

            raise ExpressionError(
                f"unknown function {name.text!r}{did_you_mean(name.text, FUNCTIONS)}; there are {', '.join(FUNCTIONS)}",
                name.offset,
                name.text,
                ", ".join(FUNCTIONS),
            )
        self.nest(name)
        self.expect("(")
        arguments: list[Expression] = []
        height = 0
        while True:
            argument, argument_height = self.argument(name.text)
            arguments.append(argument)
            height = max(height, argument_height)
            if self.token.kind != ",":
                break
            self.advance()
        if self.token.kind != ")":
            self.fail("',' or ')'")
        self.advance()
        self.nesting -= 1
        self.check_arguments(name, arguments)
        return Call(name.text, tuple(arguments)), height + 1

    def argument(self, function: str) -> tuple[Expression, int]:
        """An operand or sum; in a function over several values also a wildcard, by itself."""
        if function in SPREADING:
            begin = self.index
            wildcard = self.wildcard()
            if wildcard is not None:
                return wildcard, 1
            self.index = begin
        return self.sum()

    def wildcard(self) -> Reference | None:
        if self.token.kind not in ("name", "*", "**") or self.tokens[self.index + 1].kind == "(":
            return None
        reference = self.reference()
        if not reference.wild or self.token.kind in ("+", "-", "*", "/"):
            return None
        return reference

    def check_arguments(self, name: Token, arguments: list[Expression]) -> None:
        if name.text == "abs" and len(arguments) != 1:
            raise ExpressionError(f"abs takes one value, found {len(arguments)}", name.offset, name.text)
        if name.text == "round":
            decimals = arguments[1] if len(arguments) == 2 else Number(Decimal(0))
            whole = isinstance(decimals, Number) and decimals.value == int(decimals.value) <= MAX_DECIMALS
            if len(arguments) > 2 or not whole:
                raise ExpressionError(
                    f"round takes a value and, if wanted, a number of decimal places from 0 to {MAX_DECIMALS}",
                    name.offset,
                    name.text,
                )

    def reference(self) -> Reference:
        """``[table:]path[ '[' path ']' ]``"""
        begin = self.token
        if begin.kind not in ("name", "*", "**") or begin.text in RESERVED:
            self.fail(_OPERAND)
        table: str | None = None
        path = self.path()
        if self.token.kind == ":":
            if "." in path or path.endswith("*"):
                self.fail("an operator or '[' (a table's name has no parts)")
            self.advance()
            table, path = path, self.path()
        column: str | None = None
        if self.token.kind == "[":
            self.advance()
            column = self.path()
            if self.token.kind != "]":
                self.fail("'.' or ']'")
            self.advance()
        return Reference(table, path, column, begin.offset)

    def path(self) -> str:
        parts: list[str] = []
        while True:
            token = self.token
            if token.kind in ("*", "**"):
                self.advance()
                parts.append(token.text)
                if self.token.kind == ".":
                    raise ExpressionError("a wildcard is the last part of a path", token.offset, token.text)
                break
            if token.kind != "name" or token.text in RESERVED:
                self.fail("a name, * or **")
            self.advance()
            parts.append(token.text)
            if self.token.kind != ".":
                break
            self.advance()
        return ".".join(parts)


class _Rule(Protocol):
    """The type of the parser's methods that read an operand."""

    def __call__(self) -> tuple[Expression, int]: ...


def parse_comparison(text: str) -> Comparison:
    """The comparison that ``text`` writes down.  Raises ExpressionError, whatever the text."""
    return _Parser(text).comparison()


def parse_reference(text: str) -> Reference:
    """The one reference that ``text`` writes down (the ``at`` of an identity).  Raises ExpressionError."""
    parser = _Parser(text)
    reference = parser.reference()
    if parser.token.kind != "end":
        parser.fail("the end (one cell is wanted)")
    return reference


def parse_path(text: str) -> str:
    """The path that ``text`` writes down, without white space.  Raises ExpressionError."""
    parser = _Parser(text)
    path = parser.path()
    if parser.token.kind != "end":
        parser.fail("the end (names joined by dots are wanted)")
    return path
