"""A pack as JSON and back: the form that is kept in the cache, quick to read and strict about what it reads.

Each class is written as the list of its fields, in their order.  A change of a class in `gklint.packs.model` or
`gklint.packs.expressions` is a change of this module and of FORMAT.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, cast

from gklint.findings import Message, Severity
from gklint.packs.expressions import (
    COMPARISONS,
    FUNCTIONS,
    Call,
    Comparison,
    Expression,
    Negation,
    Number,
    Operation,
    Reference,
)
from gklint.packs.model import (
    CellType,
    Condition,
    Example,
    Expected,
    Fact,
    Identity,
    Label,
    Node,
    Pack,
    Relaxation,
    SectionSpec,
    TableSpec,
    Years,
)

FORMAT = 1


def dump(pack: Pack) -> str:
    """The pack as one line of JSON."""
    import json

    return json.dumps([FORMAT, _PACK.dump(pack)], ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Pack:
    """The pack that `dump` wrote down.  Raises ValueError for anything else."""
    try:
        data = parse_json(text)
        if not isinstance(data, list) or len(data) != 2 or data[0] != FORMAT:
            raise ValueError("not a compiled pack of this format")
        pack: Pack = _PACK.load(data[1])
    except RecursionError:
        raise ValueError("not a compiled pack: nested too deeply") from None
    return pack


class _Scanning(NamedTuple):
    """What the scanner behind `json.loads` wants to know."""

    strict: bool = True
    object_hook: None = None
    object_pairs_hook: None = None
    parse_float: Callable[[str], Any] = float
    parse_int: Callable[[str], Any] = int
    parse_constant: Callable[[str], Any] = float
    memo: None = None


def parse_json(text: str) -> Any:
    """As `json.loads`, without what that needs to be imported: half as long as to read the packs."""
    try:
        from _json import make_scanner
    except ImportError:
        import json

        return json.loads(text)
    try:
        data, end = make_scanner(cast(Any, _Scanning()))(text, 0)
    except StopIteration:
        raise ValueError("no JSON") from None
    if text[end:].strip():
        raise ValueError("more than one value")
    return data


class _Codec(NamedTuple):
    """How one type is written and read; reading raises ValueError."""

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _plain(kind: type) -> _Codec:
    def load(value: Any) -> Any:
        if type(value) is not kind:  # no bool for an int
            raise ValueError(f"{kind.__name__} expected")
        return value

    return _Codec(_same, load)


def _optional(codec: _Codec) -> _Codec:
    def dump(value: Any) -> Any:
        return None if value is None else codec.dump(value)

    def load(value: Any) -> Any:
        return None if value is None else codec.load(value)

    return _Codec(dump, load)


def _many(codec: _Codec) -> _Codec:
    """A tuple of any length."""

    def dump(values: Any) -> Any:
        return [codec.dump(value) for value in values]

    def load(values: Any) -> Any:
        if type(values) is not list:
            raise ValueError("list expected")
        return tuple([codec.load(value) for value in values])

    return _Codec(dump, load)


def _row(make: Callable[..., Any], names: tuple[str | int, ...], codecs: tuple[_Codec, ...]) -> _Codec:
    """A list of values of different types; ``names`` are attributes, or indexes of a tuple."""
    loads = tuple(codec.load for codec in codecs)

    def dump(value: Any) -> Any:
        return [
            codec.dump(value[name] if isinstance(name, int) else getattr(value, name))
            for name, codec in zip(names, codecs, strict=True)
        ]

    def load(values: Any) -> Any:
        if type(values) is not list or len(values) != len(loads):
            raise ValueError("list of another length expected")
        return make(*[load(value) for load, value in zip(loads, values)])  # noqa: B905, equal as checked

    return _Codec(dump, load)


def _pair(first: _Codec, second: _Codec) -> _Codec:
    return _row(lambda *values: values, (0, 1), (first, second))


_RECORDS: dict[type, tuple[str, ...]] = {}
"""The fields of each class as written, for the test that they are those of the class."""


def _record(kind: type, **codecs: _Codec) -> _Codec:
    _RECORDS[kind] = tuple(codecs)
    return _row(kind, tuple(codecs), tuple(codecs.values()))


def _load_decimal(value: Any) -> Decimal:
    if type(value) is not str:
        raise ValueError("decimal expected")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError("decimal expected") from None
    if not number.is_finite():
        raise ValueError("finite decimal expected")
    return number


def _load_severity(value: Any) -> Severity:
    if type(value) is not int:
        raise ValueError("severity expected")
    return Severity(value)


def _dump_expression(node: Expression) -> Any:
    if isinstance(node, Number):
        return ["number", str(node.value)]
    if isinstance(node, Reference):
        return ["cells", node.table, node.path, node.column, node.offset]
    if isinstance(node, Negation):
        return ["minus", _dump_expression(node.operand)]
    if isinstance(node, Operation):
        return [node.operator, _dump_expression(node.left), _dump_expression(node.right)]
    return [node.function, [_dump_expression(argument) for argument in node.arguments]]


def _load_expression(value: Any) -> Expression:
    match value:
        case ["number", text]:
            return Number(_load_decimal(text))
        case ["cells", table, path, column, offset]:
            return Reference(_MAYBE.load(table), _TEXT.load(path), _MAYBE.load(column), _INT.load(offset))
        case ["minus", operand]:
            return Negation(_load_expression(operand))
        case [("+" | "-" | "*" | "/") as operator, left, right]:
            return Operation(operator, _load_expression(left), _load_expression(right))
        case [str(function), list(arguments)] if function in FUNCTIONS:
            return Call(function, tuple([_load_expression(argument) for argument in arguments]))
    raise ValueError("expression expected")


def _load_operator(value: Any) -> str:
    if value not in COMPARISONS:
        raise ValueError("comparison expected")
    return str(value)


def _dump_nodes(nodes: Any) -> Any:
    return _NODES.dump(nodes)


def _load_nodes(values: Any) -> Any:
    return _NODES.load(values)


_TEXT = _plain(str)
_INT = _plain(int)
_BOOL = _plain(bool)
_MAYBE = _optional(_TEXT)
_TEXTS = _many(_TEXT)
_DECIMAL = _Codec(str, _load_decimal)
_SEVERITY = _Codec(int, _load_severity)
_EXPRESSION = _Codec(_dump_expression, _load_expression)
_MESSAGE = _record(Message, zh=_TEXT, en=_TEXT)
_LABEL = _record(Label, text=_TEXT, accepts=_TEXTS)
_YEARS = _record(Years, first=_optional(_INT), last=_optional(_INT))
_CONDITION = _record(Condition, facts=_many(_pair(_TEXT, _TEXTS)), years=_optional(_YEARS))
_FACT = _record(Fact, name=_TEXT, patterns=_TEXTS, of=_MAYBE, cases=_many(_pair(_TEXT, _TEXTS)))
_CELLS = _record(
    CellType,
    type=_TEXT,
    blank=_TEXT,
    unit=_MAYBE,
    units=_many(_pair(_TEXT, _DECIMAL)),
    decimals=_optional(_INT),
    negative=_BOOL,
)
_NODE = _record(
    Node,
    id=_TEXT,
    path=_TEXT,
    label=_LABEL,
    children=_Codec(_dump_nodes, _load_nodes),
    cells=_optional(_CELLS),
    spare=_BOOL,
    optional=_BOOL,
)
_NODES: _Codec = _many(_NODE)
_TABLE = _record(
    TableSpec,
    id=_TEXT,
    title=_MESSAGE,
    section=_MAYBE,
    columns=_NODES,
    rows=_NODES,
    cells=_CELLS,
    caption=_optional(_LABEL),
    texts=_TEXTS,
    shapes=_TEXTS,
    optional=_BOOL,
    extra_rows=_BOOL,
)
_SECTION = _record(SectionSpec, id=_TEXT, number=_MAYBE, title=_LABEL, body=_BOOL, optional=_BOOL, subheadings=_BOOL)
_COMPARISON = _record(
    Comparison,
    left=_EXPRESSION,
    operator=_Codec(_same, _load_operator),
    right=_EXPRESSION,
    tolerance=_DECIMAL,
    text=_TEXT,
)
_IDENTITY = _record(
    Identity,
    code=_TEXT,
    name=_TEXT,
    table=_MAYBE,
    each=_MAYBE,
    over=_TEXTS,
    holds=_COMPARISON,
    severity=_SEVERITY,
    message=_MESSAGE,
    at=_MAYBE,
    when=_optional(_CONDITION),
    title=_optional(_MESSAGE),
    source=_MAYBE,
)
_EXPECTED = _record(
    Expected, code=_TEXT, line=_INT, column=_optional(_INT), message=_MAYBE, severity=_optional(_SEVERITY)
)
_PACK = _record(
    Pack,
    id=_TEXT,
    title=_MESSAGE,
    lang=_TEXT,
    report=_TEXT,
    sections=_many(_SECTION),
    tables=_many(_TABLE),
    identities=_many(_IDENTITY),
    source=_MAYBE,
    years=_YEARS,
    title_text=_optional(_LABEL),
    title_pattern=_MAYBE,
    facts=_many(_FACT),
    relaxations=_many(_record(Relaxation, when=_CONDITION, codes=_TEXTS, severity=_SEVERITY)),
    severities=_many(_pair(_TEXT, _SEVERITY)),
    examples=_many(_record(Example, name=_TEXT, format=_TEXT, document=_TEXT, findings=_many(_EXPECTED), line=_INT)),
    path=_TEXT,
)
