"""The examples of a pack: whole documents, or changes of an earlier one, with exactly the findings that they give."""

from __future__ import annotations

from typing import Any

from gklint.errors import GklintError
from gklint.findings import Severity
from gklint.packs.model import Example, Expected
from gklint.packs.nearest import did_you_mean
from gklint.packs.positions import Located, Place, Route

MAX_DOCUMENT = 1_000_000
"""Characters of one example with its changes made."""


def build_examples(data: list[Any], located: Located, problems: list[GklintError]) -> list[Example]:
    """The examples, changes made; what is wrong goes to ``problems``."""
    examples: list[Example] = []
    by_name: dict[str, Example | None] = {}
    for index, value in enumerate(data):
        route: Route = ("examples", index)
        name = str(value["name"])
        base: Example | None = None
        if name in by_name:
            problems.append(located.error((*route, "name"), f"a second example {name!r}; names must differ"))
        by_name.setdefault(name, None)
        if ("of" in value) == ("document" in value):
            problems.append(located.error(route, "an example has either 'document', or 'of' and 'change'"))
            continue
        if "of" in value:
            base = by_name.get(value["of"])
            if base is None and value["of"] in by_name and value["of"] != name:
                continue  # what is wrong with that one has been told
            if base is None:
                hint = did_you_mean(value["of"], [other for other in by_name if other != name])
                problems.append(
                    located.error((*route, "of"), f"no example {value['of']!r} stands before this one{hint}")
                )
                continue
        elif "change" in value:
            problems.append(located.key_error((*route, "change"), "'change' needs 'of', the example that is changed"))
        document = str(value.get("document", ""))
        if base is not None:
            document = _changed(base.document, value.get("change") or [], (*route, "change"), located, problems)
        lines = document.count("\n") + 1
        for number, finding in enumerate(value["findings"]):
            if finding["line"] > lines:
                message = f"the document has {lines} lines, found line {finding['line']}"
                problems.append(located.error((*route, "findings", number, "line"), message))
        example = Example(
            name=name,
            format=value.get("format") or (base.format if base is not None else "markdown"),
            document=document,
            findings=tuple(_expected(finding) for finding in value["findings"]),
            line=located.values.get(route, Place(1, 1)).line,
        )
        examples.append(example)
        by_name[name] = by_name[name] or example
    return examples


def _expected(value: dict[str, Any]) -> Expected:
    severity = value.get("severity")
    return Expected(
        code=value["code"],
        line=value["line"],
        column=value.get("column"),
        message=value.get("message"),
        severity=Severity[severity.upper()] if severity is not None else None,
    )


def _changed(document: str, changes: list[Any], route: Route, located: Located, problems: list[GklintError]) -> str:
    """The document with the changes made.  Lines are those of the unchanged document."""
    lines: list[str | None] = list(document.split("\n"))
    # A block of text ends with a line break: what follows it is no line.
    count = len(lines) - 1 if document.endswith("\n") else len(lines)
    inserted: dict[int, list[str]] = {}
    for index, change in enumerate(changes):
        here = (*route, index)
        line: int = change["line"]
        kinds = [key for key in ("replace", "delete", "insert") if key in change]
        if len(kinds) != 1 or ("with" in change) != (kinds == ["replace"]):
            message = "a change has one of 'replace' (and 'with'), 'delete' or 'insert'"
            found = ", ".join(key for key in change if key != "line") or "none of them"
            problems.append(located.error(here, f"{message}, found {found}"))
            continue
        last = line + change["delete"] - 1 if kinds == ["delete"] else line
        if last > count + (kinds == ["insert"]):
            message = f"the example that is changed has {count} lines, found line {last}"
            problems.append(located.error((*here, "line"), message))
        elif kinds == ["insert"]:
            new = change["insert"]
            inserted.setdefault(line, []).extend(str(text) for text in (new if isinstance(new, list) else [new]))
        elif any(lines[number] is None for number in range(line - 1, last)):
            problems.append(located.error((*here, "line"), "this line is deleted by another change"))
        elif kinds == ["delete"]:
            lines[line - 1 : last] = [None] * (last - line + 1)
        else:
            text = lines[line - 1] or ""
            wanted = str(change["replace"])
            if wanted not in text:
                message = f"line {line} of the example that is changed holds no {wanted!r}: {text!r}"
                problems.append(located.error((*here, "replace"), message))
            lines[line - 1] = text.replace(wanted, str(change["with"]), 1)
    result: list[str] = []
    for number, kept in enumerate(lines, 1):
        result.extend(inserted.get(number, ()))
        if kept is not None:
            result.append(kept)
    if not document.endswith("\n"):
        result.extend(inserted.get(count + 1, ()))
    changed = "\n".join(result)
    if len(changed) > MAX_DOCUMENT:
        problems.append(located.error(route, f"the changed document has more than {MAX_DOCUMENT:,} characters"))
        return ""
    return changed
