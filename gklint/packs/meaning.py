"""What a pack's parts say of one another: sections, rows, columns, facts and codes that are named must be there."""

from __future__ import annotations

from collections.abc import Iterable

from gklint.errors import GklintError
from gklint.packs.expressions import ExpressionError, Reference, references
from gklint.packs.grammar import parse_path, parse_reference
from gklint.packs.model import Condition, Identity, Node, Pack, TableSpec
from gklint.packs.nearest import did_you_mean, listing
from gklint.packs.paths import expand, index_nodes
from gklint.packs.positions import Located, Route

MAX_PROBLEMS = 200
"""Mistakes of one file that are told."""


def check_pack(pack: Pack, located: Located) -> list[GklintError]:
    """What is wrong between the parts of a pack whose parts are right by themselves."""
    return _Check(pack, located).run()


class _Check:
    def __init__(self, pack: Pack, located: Located) -> None:
        self.pack = pack
        self.located = located
        self.problems: list[GklintError] = []
        self.tables = {table.id: table for table in pack.tables}
        self.indexes: dict[tuple[str, str], dict[str, Node]] = {}

    def wrong(self, route: Route, message: str, offset: int | None = None) -> None:
        self.problems.append(self.located.error(route, message, offset))

    def run(self) -> list[GklintError]:
        sections = [section.id for section in self.pack.sections]
        for table in self.pack.tables:
            if table.section is not None and table.section not in sections:
                self.wrong(("tables", table.id, "section"), _no("section", table.section, sections))
        for index, identity in enumerate(self.pack.identities):
            if len(self.problems) < MAX_PROBLEMS:
                self.identity(("identities", index), identity)
        for index, relaxation in enumerate(self.pack.relaxations):
            self.condition(("relax", index, "when"), relaxation.when)
        self.codes()
        return self.problems

    def codes(self) -> None:
        """One code has one name, one name has one code."""
        names: dict[str, str] = {}
        codes: dict[str, str] = {}
        for index, identity in enumerate(self.pack.identities):
            name = names.setdefault(identity.code, identity.name)
            code = codes.setdefault(identity.name, identity.code)
            if name != identity.name:
                self.wrong(("identities", index, "name"), f"{identity.code} is {name!r} above, found {identity.name!r}")
            elif code != identity.code:
                self.wrong(("identities", index, "code"), f"{identity.name!r} is {code} above, found {identity.code}")

    def condition(self, route: Route, condition: Condition) -> None:
        known = [fact.name for fact in self.pack.facts]
        if condition.years is not None and "year" not in known:
            self.wrong((*route, "year"), "no fact 'year'; say under 'facts' how to learn the year of a report")
        for name, wanted in condition.facts:
            if name not in known:
                self.problems.append(self.located.key_error((*route, name), _no("fact", name, known)))
                continue
            fact = next((fact for fact in self.pack.facts if fact.name == name), None)
            if fact is None or fact.of is None:
                continue
            values = [case for case, _ in fact.cases if case != "unknown"]
            for number, value in enumerate(wanted):
                if value not in values:
                    self.wrong((*route, name, number), f"the fact {name!r} has {_no('value', value, values)}")

    # --- identities ----------------------------------------------------------------------------------------------

    def identity(self, route: Route, identity: Identity) -> None:
        if identity.when is not None:
            self.condition((*route, "when"), identity.when)
        if identity.table is not None and identity.table not in self.tables:
            self.wrong((*route, "table"), _no("table", identity.table, self.tables))
            return
        table = self.tables.get(identity.table) if identity.table is not None else None
        if table is None:
            for key, value in (("each", identity.each), ("over", identity.over)):
                if value:
                    message = f"{key!r} needs the 'table' whose rows or columns are meant"
                    self.problems.append(self.located.key_error((*route, key), message))
            if identity.each:
                return
        self.over(route, identity, table)
        for reference in references(identity.holds):
            self.reference((*route, "holds"), reference, identity, table)
        if identity.at is not None:
            try:
                at = parse_reference(identity.at)
            except ExpressionError as error:
                self.wrong((*route, "at"), error.message, error.offset)
                return
            if at.wild:
                self.wrong((*route, "at"), "a finding stands on one cell; a wildcard stands for several", at.offset)
            else:
                self.reference((*route, "at"), at, identity, table)

    def over(self, route: Route, identity: Identity, table: TableSpec | None) -> None:
        if not identity.over or table is None:
            return
        if identity.each is None:
            self.problems.append(
                self.located.key_error((*route, "over"), "'over' needs 'each': row or column, of which it names some")
            )
            return
        known = self.nodes(table, identity.each)
        for index, path in enumerate(identity.over):
            here = (*route, "over", index)
            try:
                plain = parse_path(path)
            except ExpressionError as error:
                self.wrong(here, error.message, error.offset)
                continue
            if plain not in known and not expand(plain, _tree(table, identity.each)):
                self.wrong(here, _no(identity.each, path, known, table))

    def reference(self, route: Route, reference: Reference, identity: Identity, own: TableSpec | None) -> None:
        table = own
        if reference.table is not None:
            table = self.tables.get(reference.table)
            if table is None:
                self.wrong(route, _no("table", reference.table, self.tables), reference.offset)
                return
        if table is None:
            self.wrong(route, f"{reference.path!r} names no table; write table:row[column]", reference.offset)
            return
        if reference.column is not None:
            self.path(route, reference.path, "row", table, reference.offset)
            self.path(route, reference.column, "column", table, reference.offset)
        elif identity.each is None or table is not own:
            why = "there is no 'each'" if table is own or own is None else "it is in another table"
            message = f"{reference.path!r} needs a column, since {why}; write {_cell_form(reference)}"
            self.wrong(route, message, reference.offset)
        else:
            self.path(route, reference.path, "row" if identity.each == "column" else "column", table, reference.offset)

    def path(self, route: Route, path: str, kind: str, table: TableSpec, offset: int) -> None:
        """One path of a reference; ``kind`` is what it must name: a row or a column."""
        known = self.nodes(table, kind)
        head, _, last = path.rpartition(".")
        wild = last in ("*", "**")
        if expand(path, _tree(table, kind)) if wild else path in known and not known[path].children:
            return
        name = head if wild else path
        node = known.get(name)
        if node is None and name:
            self.wrong(route, _no(kind, name, known, table) + self.other_way(name, kind, table), offset)
        elif node is None:
            self.wrong(route, f"no {kind} of the table {table.id!r} stands by itself; write '**' for all", offset)
        elif not node.children:
            self.wrong(route, f"the {kind} {name!r} is no group, so there is nothing for {last!r} to stand for", offset)
        elif last == "*":
            self.wrong(route, f"all inside the {kind} {name!r} are groups; write {name}.** for what is below", offset)
        else:
            self.wrong(route, _group(kind, name, node), offset)

    def other_way(self, name: str, kind: str, table: TableSpec) -> str:
        """A word on rows taken for columns and columns taken for rows."""
        other = "column" if kind == "row" else "row"
        return f"; it is a {other}, and a {kind} is wanted here" if name in self.nodes(table, other) else ""

    def nodes(self, table: TableSpec, kind: str) -> dict[str, Node]:
        """The rows or columns of a table by path."""
        known = self.indexes.get((table.id, kind))
        if known is None:
            known = self.indexes[table.id, kind] = index_nodes(_tree(table, kind))
        return known


def _tree(table: TableSpec, kind: str) -> tuple[Node, ...]:
    return table.rows if kind == "row" else table.columns


def _cell_form(reference: Reference) -> str:
    table = f"{reference.table}:" if reference.table is not None else ""
    return f"{table}{reference.path}[column]"


def _group(kind: str, name: str, node: Node) -> str:
    parts = listing((child.path for child in node.children), 4)
    return f"the {kind} {name!r} is a group and carries no value; write one of {parts}, or sum({name}.**)"


def _no(kind: str, name: str, known: Iterable[str], table: TableSpec | None = None) -> str:
    names = list(known)
    where = f" in the table {table.id!r}" if table is not None else ""
    hint = did_you_mean(name, names) or f"; there are {listing(names) or 'none'}"
    return f"no {kind} {name!r}{where}{hint}"
