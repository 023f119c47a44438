"""From the data of a pack file to a `Pack`: the meaning of each key.

The shape of the data has been checked before, by the schema; what the schema cannot say (an expression, a pattern, a
range of years) is checked here, and every mistake is collected with its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gklint.errors import GklintError
from gklint.findings import Message, Severity
from gklint.packs.expressions import Comparison, ExpressionError
from gklint.packs.grammar import NAME, RESERVED, parse_comparison
from gklint.packs.model import (
    CellType,
    Condition,
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
from gklint.packs.patterns import check_pattern
from gklint.packs.positions import Located, Route

PLACEHOLDERS = ("cell", "column", "difference", "equation", "left", "right", "row", "table", "value")
"""What a message may hold in braces."""

DEFAULT_MESSAGE = Message("勾稽关系不成立：{equation}", "the identity does not hold: {equation}")

_YEARS = re.compile(r"\s*(?P<first>[0-9]{4})?\s*(?P<range>\.\.)?\s*(?P<last>[0-9]{4})?\s*\Z")


def build_pack(located: Located) -> tuple[Pack, list[GklintError]]:
    """The pack that the data describes, and what is wrong with its parts.

    The pack is whole only if nothing is wrong.
    """
    builder = Builder(located)
    return builder.pack(), builder.problems


def texts(value: Any) -> tuple[str, ...]:
    """A list of scalars as texts; a single scalar may stand for a list of one."""
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


class Builder:
    """The parts of one pack; ``problems`` collects what is wrong with them."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.problems: list[GklintError] = []

    def wrong(self, route: Route, message: str, offset: int | None = None) -> None:
        self.problems.append(self.located.error(route, message, offset))

    # --- the whole -----------------------------------------------------------------------------------------------

    def pack(self) -> Pack:
        from gklint.packs.examples import build_examples

        data: dict[str, Any] = self.located.data
        applies: dict[str, Any] = data.get("applies") or {}
        heading = data.get("heading")
        severity: dict[str, Any] = data.get("severity") or {}
        pattern = applies.get("title")
        if pattern is not None:
            self.pattern(("applies", "title"), pattern)
        return Pack(
            id=data["pack"],
            title=self.message(data["title"]),
            lang=data.get("lang", "zh"),
            report=data.get("report", data["pack"]),
            sections=tuple(self.section(name, value) for name, value in (data.get("sections") or {}).items()),
            tables=tuple(self.table(name, value) for name, value in (data.get("tables") or {}).items()),
            identities=tuple(
                self.identity(("identities", index), value) for index, value in enumerate(data.get("identities") or [])
            ),
            source=data.get("source"),
            years=self.years(("applies", "years"), applies["years"]) if "years" in applies else Years(),
            title_text=self.label(heading, "text") if heading is not None else None,
            title_pattern=pattern,
            facts=tuple(self.fact(name, value) for name, value in (data.get("facts") or {}).items()),
            relaxations=tuple(
                self.relaxation(("relax", index), value) for index, value in enumerate(data.get("relax") or [])
            ),
            severities=tuple((code, Severity[word.upper()]) for code, word in severity.items()),
            examples=tuple(build_examples(data.get("examples") or [], self.located, self.problems)),
            path=self.located.path,
        )

    def section(self, name: str, value: Any) -> SectionSpec:
        self.name(("sections", name), name)
        if not isinstance(value, Mapping):
            return SectionSpec(name, None, Label(str(value)))
        number = value.get("number")
        return SectionSpec(
            id=name,
            number=str(number) if number is not None else None,
            title=self.label(value, "title"),
            body=value.get("body", True) in (True, "required"),
            optional=value.get("optional", False),
            subheadings=value.get("subheadings", True),
        )

    def relaxation(self, route: Route, value: dict[str, Any]) -> Relaxation:
        return Relaxation(
            self.condition((*route, "when"), value["when"]), texts(value["codes"]), Severity[value["severity"].upper()]
        )

    # --- tables --------------------------------------------------------------------------------------------------

    def table(self, name: str, value: dict[str, Any]) -> TableSpec:
        route: Route = ("tables", name)
        self.name(route, name)
        caption = value.get("caption")
        return TableSpec(
            id=name,
            title=self.message(value["title"]) if "title" in value else Message(name, name),
            section=value.get("section"),
            columns=self.nodes((*route, "columns"), value["columns"], "columns"),
            rows=self.nodes((*route, "rows"), value["rows"], "rows"),
            cells=self.cells((*route, "cells"), value["cells"]) if "cells" in value else CellType(),
            caption=self.label(caption, "label") if caption is not None else None,
            texts=texts(value.get("texts")),
            shapes=texts(value.get("shapes")) or ("grid",),
            optional=value.get("optional", False),
            extra_rows=value.get("extra_rows", False) in (True, "allowed"),
        )

    def nodes(
        self,
        route: Route,
        value: dict[str, Any],
        below: str,
        parent: str = "",
        inherited: CellType | None = None,
        optional: bool = False,
    ) -> tuple[Node, ...]:
        """Rows or columns; ``below`` is the key that the nodes inside a group stand under.

        What may be missing as a group may be missing in each of its nodes.
        """
        nodes: list[Node] = []
        for name, item in value.items():
            inner = (*route, name)
            self.name(inner, name)
            path = f"{parent}.{name}" if parent else name
            if not isinstance(item, Mapping):
                nodes.append(Node(name, path, Label(str(item)), cells=inherited, optional=optional))
                continue
            cells = self.cells((*inner, "cells"), item["cells"]) if "cells" in item else inherited
            missing = optional or item.get("optional", False)
            children = self.nodes((*inner, below), item[below], below, path, cells, missing) if below in item else ()
            nodes.append(
                Node(
                    id=name,
                    path=path,
                    label=self.label(item, "label"),
                    children=children,
                    cells=cells,
                    spare=item.get("spare", False),
                    optional=missing,
                )
            )
        return tuple(nodes)

    def cells(self, route: Route, value: dict[str, Any]) -> CellType:
        kind = value.get("type", "count")
        unit = value.get("unit")
        units = {name: Decimal(worth) for name, worth in (value.get("units") or {}).items()}
        for name, worth in units.items():
            if worth <= 0:
                self.wrong((*route, "units", name), f"a unit is worth more than 0, found {worth}")
        if unit is not None and units.setdefault(unit, Decimal(1)) != 1:
            message = f"{unit!r} is the unit of the form, so it is worth 1, found {units[unit]}"
            self.wrong((*route, "units", unit), message)
        if kind != "amount":
            for key in ("decimals", "negative"):
                if key in value:
                    message = f"{key!r} is for cells of type 'amount', these are {kind!r}"
                    self.problems.append(self.located.key_error((*route, key), message))
        return CellType(
            type=kind,
            blank=value.get("blank", "zero"),
            unit=unit,
            units=tuple(units.items()),
            decimals=value.get("decimals"),
            negative=value.get("negative", False),
        )

    # --- facts and conditions ------------------------------------------------------------------------------------

    def fact(self, name: str, value: Any) -> Fact:
        route: Route = ("facts", name)
        if not isinstance(value, Mapping):
            return Fact(name, patterns=self.patterns(route, value, group=True))
        if "patterns" in value:
            if "of" in value:
                message = "a fact has either 'patterns', or 'of' and 'cases', found both"
                self.problems.append(self.located.key_error((*route, "of"), message))
            return Fact(name, patterns=self.patterns((*route, "patterns"), value["patterns"], group=True))
        if "of" not in value or "cases" not in value:
            self.wrong(route, "a fact is a list of patterns, or has 'patterns', or 'of' and 'cases'")
            return Fact(name)
        known = list(self.located.data["facts"])
        earlier = known[: known.index(name)]
        if value["of"] not in earlier:
            from gklint.packs.nearest import did_you_mean, listing

            self.wrong(
                (*route, "of"),
                f"{value['of']!r} is no fact that stands before this one{did_you_mean(value['of'], earlier)} "
                f"(there are: {listing(earlier) or 'none'})",
            )
        return Fact(
            name,
            of=value["of"],
            cases=tuple(
                (case, self.patterns((*route, "cases", case), patterns)) for case, patterns in value["cases"].items()
            ),
        )

    def patterns(self, route: Route, value: Any, group: bool = False) -> tuple[str, ...]:
        patterns = texts(value)
        for index, pattern in enumerate(patterns):
            self.pattern((*route, index) if isinstance(value, list) else route, pattern, group)
        return patterns

    def pattern(self, route: Route, pattern: str, group: bool = False) -> None:
        for message, offset in check_pattern(pattern, group):
            self.wrong(route, message, offset)

    def condition(self, route: Route, value: dict[str, Any]) -> Condition:
        years = self.years((*route, "year"), value["year"]) if "year" in value else None
        return Condition(tuple((name, texts(wanted)) for name, wanted in value.items() if name != "year"), years)

    def years(self, route: Route, value: Any) -> Years:
        match = _YEARS.match(str(value))
        if match is None or not (match["first"] or match["last"]) or not (match["range"] or match["first"]):
            self.wrong(route, f"found {str(value)!r} where years are expected: 2021, 2019..2020, 2021.. or ..2020")
            return Years()
        if match["last"] and not match["range"]:
            self.wrong(route, f"found {str(value)!r}; write a range of years with two dots: 2019..2020")
            return Years()
        first = int(match["first"]) if match["first"] else None
        last = int(match["last"]) if match["last"] else (None if match["range"] else first)
        if first is not None and last is not None and last < first:
            self.wrong(route, f"the years run backwards: {first}..{last}")
        return Years(first, last)

    # --- identities ----------------------------------------------------------------------------------------------

    def identity(self, route: Route, value: dict[str, Any]) -> Identity:
        title = self.message(value["title"]) if "title" in value else None
        return Identity(
            code=value["code"],
            name=value["name"],
            table=value.get("table"),
            each=value.get("each"),
            over=texts(value.get("over")),
            holds=self.comparison((*route, "holds"), value["holds"]),
            severity=Severity[value.get("severity", "error").upper()],
            message=self.template((*route, "message"), value["message"]) if "message" in value else DEFAULT_MESSAGE,
            at=value.get("at"),
            when=self.condition((*route, "when"), value["when"]) if "when" in value else None,
            title=title,
            source=value.get("source"),
        )

    def comparison(self, route: Route, text: Any) -> Comparison:
        try:
            return parse_comparison(str(text))
        except ExpressionError as error:
            self.wrong(route, error.message, error.offset)
            return NOTHING

    # --- small things --------------------------------------------------------------------------------------------

    def name(self, route: Route, name: str) -> None:
        """Check an id that expressions refer to."""
        if NAME.fullmatch(name) is None:
            message = f"{name!r} is not a name: letters, digits and '_' are allowed, no digit at the beginning"
        elif name in RESERVED:
            message = f"the name {name!r} is a word of the expressions; choose another"
        else:
            return
        self.problems.append(self.located.key_error(route, message))

    def label(self, value: Any, key: str) -> Label:
        if not isinstance(value, Mapping):
            return Label(str(value))
        return Label(str(value[key]), texts(value.get("accepts")))

    def message(self, value: Any) -> Message:
        if not isinstance(value, Mapping):
            return Message(str(value), str(value))
        return Message(str(value.get("zh", value.get("en", ""))), str(value.get("en", value.get("zh", ""))))

    def template(self, route: Route, value: Any) -> Message:
        """A message with placeholders."""
        if isinstance(value, Mapping):
            for lang, text in value.items():
                self.placeholders((*route, lang), text)
        else:
            self.placeholders(route, str(value))
        return self.message(value)

    def placeholders(self, route: Route, text: str) -> None:
        for match in re.finditer(r"\{(\w*)\}|[{}]", text):
            if match[1] in PLACEHOLDERS:
                continue
            from gklint.packs.nearest import did_you_mean, listing

            hint = did_you_mean(match[1], PLACEHOLDERS) if match[1] else ""
            self.wrong(
                route,
                f"unknown placeholder {match[0]!r} in a message{hint}; there are "
                f"{listing('{' + name + '}' for name in PLACEHOLDERS)}",
                match.start(),
            )


NOTHING = parse_comparison("0 == 0")
"""Stands in for an expression that cannot be parsed, in a pack that will be refused."""
