"""SARIF 2.1.0, as code scanning services and viewers read it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from gklint.documents.model import Span
from gklint.findings import Finding, Message, Related, Rule, Severity, Suppressed, sort_key
from gklint.output.context import Context
from gklint.output.fingerprint import LineHashes, fingerprints, line_hashes
from gklint.output.inert import HERE, json_pieces
from gklint.records import replace

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"
FINGERPRINT = "gklint/v1"
"""Our own fingerprint, beside the one that GitHub uses."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_ENCODINGS = {"utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "big5hkscs": "Big5-HKSCS"}

# What GitHub takes of a rule and a result.
_NAME_LIMIT = 255
_TEXT_LIMIT = 1024
_RELATED_LIMIT = 500
_LINKED_LIMIT = 10


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One SARIF log with one run."""
    rules = dict(context.rules())
    # A finding that is left out is a result all the same, with a word on why; then every result has that word.
    reasons = {id(other.finding): other for other in context.suppressed}
    findings = sorted([*findings, *(other.finding for other in context.suppressed)], key=sort_key)
    for finding in findings:
        if finding.code not in rules:
            text = Message(*finding.message)
            rules[finding.code] = Rule(finding.code, finding.name, finding.severity, text, text)
    codes = sorted(rules)
    places = _Places(context)
    marks = fingerprints(findings, replace(context, suppressed=()))
    index = {code: number for number, code in enumerate(codes)}
    for finding in findings:
        places.artifact(finding.path)

    def results() -> Iterator[dict[str, Any]]:
        for finding, mark in zip(findings, marks, strict=True):
            result = _result(finding, mark, index[finding.code], places, context)
            if reasons:
                result["suppressions"] = _suppressions(reasons.get(id(finding)))
            yield result

    run: dict[str, Any] = {
        "tool": {"driver": _driver([rules[code] for code in codes], context)},
        "automationDetails": {"id": "gklint/"},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"uri": _folder_uri(context.cwd)}},
        "artifacts": places.artifacts,
        "results": HERE,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield from json_pieces(log, results())


def _suppressions(suppressed: Suppressed | None) -> list[dict[str, str]]:
    if suppressed is None:
        return []
    kind = "inSource" if suppressed.by == "comment" else "external"
    reason = suppressed.reason or ("listed in the baseline" if suppressed.by == "baseline" else "")
    return [{"kind": kind, **({"justification": reason} if reason else {})}]


def _driver(rules: list[Rule], context: Context) -> dict[str, Any]:
    lang = context.lang or context.default_lang
    return {
        "name": "gklint",
        "version": context.version,
        "semanticVersion": context.version,
        "language": "zh-CN" if lang.startswith("zh") else "en",
        "rules": [_rule(rule, lang) for rule in rules],
    }


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    summary = _cut(rule.summary.in_language(lang))
    explanation = rule.explanation.in_language(lang).strip() or summary
    return {
        "id": rule.code,
        "name": _camel(rule.name)[:_NAME_LIMIT],
        "shortDescription": {"text": _braces(summary)},
        "fullDescription": {"text": _braces(_cut(explanation))},
        "help": {"text": _braces(explanation)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"problem.severity": _PROBLEMS[rule.severity], "tags": [rule.code[:3] + "xx", rule.name]},
    }


def _camel(name: str) -> str:
    """SARIF wants a rule's name in Pascal case."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT_LIMIT else text[: _TEXT_LIMIT - 1] + "…"


def _result(finding: Finding, fingerprint: str, rule: int, places: _Places, context: Context) -> dict[str, Any]:
    lang = context.language(finding)
    related = finding.related[:_RELATED_LIMIT]
    prints = {FINGERPRINT: fingerprint}
    line_hash = places.line_hash(finding)
    if line_hash is not None:
        prints["primaryLocationLineHash"] = line_hash
    location: dict[str, Any] = {"physicalLocation": places.physical(finding.path, finding.span)}
    if finding.address:
        location["logicalLocations"] = [{"fullyQualifiedName": " / ".join(finding.address)}]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding, related, lang)},
        "locations": [location],
        "partialFingerprints": prints,
    }
    if related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": places.physical(finding.path, other.span),
                "message": {"text": _plain(other.message.in_language(lang))},
            }
            for number, other in enumerate(related, 1)
        ]
    if finding.edits:
        result["fixes"] = [
            {
                "artifactChanges": [
                    {
                        "artifactLocation": places.artifact(finding.path),
                        "replacements": [
                            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.replacement}}
                            for edit in finding.edits
                        ],
                    }
                ]
            }
        ]
    result["properties"] = {
        "messages": {"zh": finding.message.zh, "en": finding.message.en},
        **({"pack": finding.pack} if finding.pack else {}),
        **({"safeFix": all(edit.safe for edit in finding.edits)} if finding.edits else {}),
    }
    return result


def _text(finding: Finding, related: Sequence[Related], lang: str) -> str:
    """The message, the sum, and links to the related places: GitHub shows only those that the text links to."""
    lines = [_plain(finding.message.in_language(lang))]
    if finding.equation is not None:
        lines.append(_plain(finding.equation.in_language(lang)))
    links = [
        f"[{_link_text(other.message.in_language(lang))}]({number})"
        for number, other in enumerate(related[:_LINKED_LIMIT], 1)
    ]
    if links:
        lines.append(("；" if lang.startswith("zh") else "; ").join(links))
    return "\n".join(lines)


def _braces(text: str) -> str:
    """Braces in a message string are doubled: single ones hold the number of an argument."""
    return text.replace("{", "{{").replace("}", "}}")


def _plain(text: str) -> str:
    """A text that holds no link, whatever it looks like: only a bracket right before a parenthesis makes one."""
    return _braces(text).replace("](", "] (")


def _link_text(text: str) -> str:
    return _braces(text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]"))


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


class _Places:
    """The files of a run: their URIs, their index among the artifacts, the hashes of their lines."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._root = os.path.realpath(context.cwd)
        self._locations: dict[str, dict[str, Any]] = {}
        self._hashes: dict[str, LineHashes] = {}
        self.artifacts: list[dict[str, Any]] = []

    def artifact(self, path: str) -> Mapping[str, Any]:
        """Where a file is: relative to the working folder where it lies inside it."""
        known = self._locations.get(path)
        if known is None:
            known = self._locations[path] = {**self._uri(path), "index": len(self.artifacts)}
            artifact: dict[str, Any] = {"location": self._uri(path)}
            source = self._context.sources.get(path)
            if source is not None:
                artifact["encoding"] = _ENCODINGS.get(source.encoding, source.encoding.upper())
            self.artifacts.append(artifact)
        return known

    def physical(self, path: str, span: Span) -> dict[str, Any]:
        return {"artifactLocation": self.artifact(path), "region": _region(span)}

    def line_hash(self, finding: Finding) -> str | None:
        source = self._context.sources.get(finding.path)
        if source is None:
            return None
        if finding.path not in self._hashes:
            self._hashes[finding.path] = line_hashes(source)
        hashes = self._hashes[finding.path]
        return hashes[finding.span.line - 1] if finding.span.line <= len(hashes) else None

    def _uri(self, path: str) -> dict[str, str]:
        # In a repository a file is known by its own path and not by that of a link to it.
        absolute = os.path.realpath(os.path.join(self._context.cwd, path))
        inside = self._root.rstrip(os.sep) + os.sep
        if not absolute.startswith(inside):
            absolute = os.path.normpath(os.path.join(self._root, path))
        if absolute.startswith(inside):
            return {"uri": _quote(absolute[len(inside) :]), "uriBaseId": BASE}
        return {"uri": _file_uri(absolute)}


def _quote(path: str) -> str:
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    return quote(os.fsencode(path), safe="/")


def _file_uri(path: str) -> str:
    quoted = _quote(path)
    return "file://" + (quoted if quoted.startswith("/") else "/" + quoted)


def _folder_uri(path: str) -> str:
    return _file_uri(path).rstrip("/") + "/"
