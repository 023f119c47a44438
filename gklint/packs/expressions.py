"""Expressions over cells: a small tree, written in a grammar of our own and never evaluated as Python.

This module holds the tree, what can be read off it (`references`, `to_text`) and what can be computed from it
(`evaluate`, `compare`, `linear`), all of it in exact arithmetic.  The parser is in `gklint.packs.grammar`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from gklint.errors import GklintError
from gklint.records import dataclass, field

FUNCTIONS = ("sum", "min", "max", "abs", "round")
"""The functions of the language; ``sum``, ``min`` and ``max`` take any number of values, the others one."""
SPREADING = ("sum", "min", "max")
"""The functions whose arguments may be wildcards."""
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
WILDCARDS = ("*", "**")


class ExpressionError(GklintError):
    """An expression that is not in the grammar.

    ``offset`` is the index in the text of what was ``found``; ``allowed`` says what may stand there ("" if something
    else is the matter).
    """

    def __init__(self, message: str, offset: int, found: str = "", allowed: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.found = found
        self.allowed = allowed


class EvaluationError(GklintError):
    """An expression that has no value: a division by zero, the least of no values, a wildcard for a single value."""


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells by name: ``table:row[column]``.

    ``path`` is the first path as written (a row in ``row[column]`` and in an identity over columns, a column in an
    identity over rows); it may end in ``.*`` (the children that carry values) or ``.**`` (all that carry values below),
    or be ``*`` or ``**``.  ``column`` is the path in brackets, None where there are none.
    """

    table: str | None
    path: str
    column: str | None
    offset: int = field(default=0, compare=False)
    """Index in the expression's text where the reference begins."""

    @property
    def wild(self) -> bool:
        """Whether it may stand for several cells."""
        return self.path.endswith("*") or (self.column is not None and self.column.endswith("*"))


@dataclass(frozen=True, slots=True)
class Negation:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    operator: str
    """``+ - * /``"""
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    """``sum``, ``min``, ``max``, ``abs`` or ``round``."""
    arguments: tuple[Expression, ...]


Expression = Number | Reference | Negation | Operation | Call


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left operator right within tolerance``; ``operator`` is one of ``== != <= >= < >``."""

    left: Expression
    operator: str
    right: Expression
    tolerance: Decimal
    text: str
    """As written in the pack."""


def parse(text: str) -> Comparison:
    """The comparison that ``text`` writes down.  Raises ExpressionError, whatever the text."""
    from gklint.packs.grammar import parse_comparison  # not needed where packs come compiled

    return parse_comparison(text)


def references(expression: Expression | Comparison) -> Iterator[Reference]:
    """Every reference in the expression, in the order written."""
    if isinstance(expression, Reference):
        yield expression
    elif isinstance(expression, Negation):
        yield from references(expression.operand)
    elif isinstance(expression, (Operation, Comparison)):
        yield from references(expression.left)
        yield from references(expression.right)
    elif isinstance(expression, Call):
        for argument in expression.arguments:
            yield from references(argument)


# --- writing ---------------------------------------------------------------------------------------------------------


def to_text(expression: Expression | Comparison) -> str:
    """The expression in the grammar's plain form, with no more parentheses than it needs.

    Parsing the text gives an equal tree (but for the offsets and the text of a comparison).
    """
    if isinstance(expression, Comparison):
        tolerance = f" within {_number_text(expression.tolerance)}" if expression.tolerance else ""
        return f"{to_text(expression.left)} {expression.operator} {to_text(expression.right)}{tolerance}"
    return _text(expression, 0)


def _number_text(value: Decimal) -> str:
    return format(value, "f")


def _text(expression: Expression, binding: int) -> str:
    """``binding``: 0 where a sum may stand bare, 1 where a product may, 2 where only a single operand may."""
    if isinstance(expression, Number):
        return _number_text(expression.value)
    if isinstance(expression, Reference):
        table = f"{expression.table}:" if expression.table is not None else ""
        column = f"[{expression.column}]" if expression.column is not None else ""
        return f"{table}{expression.path}{column}"
    if isinstance(expression, Call):
        return f"{expression.function}({', '.join(_text(argument, 0) for argument in expression.arguments)})"
    if isinstance(expression, Negation):
        return f"-{_text(expression.operand, 2)}"
    own = 0 if expression.operator in "+-" else 1
    text = f"{_text(expression.left, own)} {expression.operator} {_text(expression.right, own + 1)}"
    return f"({text})" if own < binding else text


# --- computing -------------------------------------------------------------------------------------------------------

Exact = Fraction | Decimal | int
Resolve = Callable[[Reference], Sequence[Exact]]
"""The values that a reference stands for, in the form's order; one value unless it is ``wild``."""


def evaluate(expression: Expression, resolve: Resolve) -> Fraction:
    """The value of the expression, exactly.

    Raises EvaluationError where it has none; what ``resolve`` raises goes through.
    """
    if isinstance(expression, Number):
        return Fraction(expression.value)
    if isinstance(expression, Reference):
        values = resolve(expression)
        if len(values) != 1:
            raise EvaluationError(f"{to_text(expression)} stands for {len(values)} values where one is wanted")
        return Fraction(values[0])
    if isinstance(expression, Negation):
        return -evaluate(expression.operand, resolve)
    if isinstance(expression, Operation):
        left = evaluate(expression.left, resolve)
        return _operate(expression, left, evaluate(expression.right, resolve))
    values_of: list[Fraction] = []
    for argument in expression.arguments:
        if isinstance(argument, Reference) and expression.function in SPREADING:
            values_of.extend(Fraction(value) for value in resolve(argument))
        else:
            values_of.append(evaluate(argument, resolve))
    return _call(expression, values_of)


def compare(comparison: Comparison, left: Fraction, right: Fraction) -> bool:
    """Whether the comparison holds for these values of its sides, its tolerance taken in."""
    tolerance = Fraction(comparison.tolerance)
    operator = comparison.operator
    if operator == "==":
        return abs(left - right) <= tolerance
    if operator == "!=":
        return abs(left - right) > tolerance
    if operator == "<=":
        return left <= right + tolerance
    if operator == ">=":
        return left >= right - tolerance
    if operator == "<":
        return left < right + tolerance
    return left > right - tolerance


def _operate(operation: Operation, left: Fraction, right: Fraction) -> Fraction:
    if operation.operator == "+":
        return left + right
    if operation.operator == "-":
        return left - right
    if operation.operator == "*":
        return left * right
    if right == 0:
        raise EvaluationError(f"division by zero: {to_text(operation.right)} is 0")
    return left / right


def _call(call: Call, values: list[Fraction]) -> Fraction:
    if call.function == "sum":
        return sum(values, Fraction(0))
    if call.function == "abs":
        return abs(values[0])
    if call.function == "round":
        return _round(values[0], int(values[1]) if len(values) > 1 else 0)
    if not values:
        raise EvaluationError(f"{to_text(call)} has no values to choose from")
    return min(values) if call.function == "min" else max(values)


def _round(value: Fraction, decimals: int) -> Fraction:
    """Rounded to so many decimal places, a half away from zero, as in printed statistics."""
    scale = 10**decimals
    magnitude = (abs(value) * scale * 2 + 1) // 2
    return Fraction(magnitude if value >= 0 else -magnitude, scale)


Key = TypeVar("Key", bound=Hashable)
Whole = int | Fraction
"""An exact number; whole ones are ints as far as they can be, which are many times as fast."""
Form = tuple[dict[Key, Whole], Whole]
"""A sum of cells with factors, and a constant."""


def linear(expression: Expression, resolve_keys: Callable[[Reference], Sequence[Key]]) -> Form[Key] | None:
    """The expression as a sum of cells with factors, and a constant; None if it is not one.

    ``resolve_keys`` gives the keys of the cells that a reference stands for.  A product or quotient of cells and
    ``min``, ``max``, ``abs`` and ``round`` of cells are not linear.  Factors that come to 0 are left out.
    """
    form = _linear(expression, resolve_keys)
    if form is None:
        return None
    return {key: factor for key, factor in form[0].items() if factor}, form[1]


def _linear(expression: Expression, resolve_keys: Callable[[Reference], Sequence[Key]]) -> Form[Key] | None:
    terms: dict[Key, Whole] = {}
    if isinstance(expression, Number):
        return terms, _exact(expression.value)
    if isinstance(expression, Reference):
        for key in resolve_keys(expression):
            terms[key] = terms.get(key, 0) + 1
        return terms, 0
    if isinstance(expression, Negation):
        form = _linear(expression.operand, resolve_keys)
        return None if form is None else _scaled(form, -1)
    if isinstance(expression, Operation):
        left = _linear(expression.left, resolve_keys)
        right = _linear(expression.right, resolve_keys)
        if left is None or right is None:
            return None
        if expression.operator in "+-":
            return _added(left, right if expression.operator == "+" else _scaled(right, -1))
        if expression.operator == "*":
            if not right[0]:
                return _scaled(left, right[1])
            return None if left[0] else _scaled(right, left[1])
        return None if right[0] or right[1] == 0 else _scaled(left, Fraction(1) / right[1])
    forms = [_linear(argument, resolve_keys) for argument in expression.arguments]
    if expression.function == "sum":
        total: Form[Key] = (terms, Fraction(0))
        for form in forms:
            if form is None:
                return None
            total = _added(total, form)
        return total
    constants = [Fraction(form[1]) for form in forms if form is not None and not form[0]]
    if len(constants) != len(forms) or next(references(expression), None) is not None:
        return None
    return {}, _call(expression, constants)


def _exact(value: Decimal) -> Whole:
    whole = int(value)
    return whole if whole == value else Fraction(value)


def _scaled(form: Form[Key], factor: Whole) -> Form[Key]:
    return {key: value * factor for key, value in form[0].items()}, form[1] * factor


def _added(left: Form[Key], right: Form[Key]) -> Form[Key]:
    terms = dict(left[0])
    for key, factor in right[0].items():
        terms[key] = terms.get(key, 0) + factor
    return terms, left[1] + right[1]
