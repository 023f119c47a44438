"""Expressions over cells: parsed by us into a small tree, never evaluated as Python.  (Parser and evaluation are filled in
by the rule-language work; these are the nodes.)"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells by name: ``table:row[column]``.

    ``path`` is the first path as written (a row in ``row[column]`` and in an identity over columns, a column in an
    identity over rows); it may end in ``.*`` (the children that carry values) or ``.**`` (all that carry values below),
    or be ``*``.  ``column`` is the path in brackets, None where there are none.
    """

    table: str | None
    path: str
    column: str | None
    offset: int
    """Index in the expression's text where the reference begins."""


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
