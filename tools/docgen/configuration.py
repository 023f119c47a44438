"""``docs/configuration.md``: the keys of a configuration, from their schema."""

from __future__ import annotations

import json
from typing import Any

from gklint.cli.config import to_yaml
from gklint.config.read import schema_path
from tools.docgen import GENERATED

_ABOVE = """\
gklint reads `gklint.yaml` (or `.gklint.yaml`, or the table `[tool.gklint]` of `pyproject.toml`) for each file that it
checks: the nearest one, from the file's folder upward to the top of the repository. The files found on the way are not
merged: the nearest holds alone. An option takes the place of the key of the same name; `--config FILE` names one
configuration for all files, and `--isolated` reads none. `gklint config PATH` prints what is in force for a file and
where each value comes from; `gklint init` writes a configuration with every key explained.

A key or value that gklint does not know ends the run with status 2, with file, line, column and the nearest right name.
`output-format` and `baseline` are those of the configuration that holds in the working folder; all other keys are
those of each file's own.
"""

_BELOW = """\
## In the report itself

In Markdown and HTML a comment leaves findings out:

- `<!-- gklint: ignore GK301 — reason -->` is about the next block or table; about its own line if it shares that with
  something; in HTML about the element that begins or ends right after it.
- `<!-- gklint: ignore-file GK2 — reason -->` is about the whole file.
- `<!-- gklint: ignore-start GK301, row-label -->` and `<!-- gklint: ignore-end -->` enclose a part of it.

Codes, beginnings of codes and names are separated by commas; the reason follows `—`, `--` or a colon and may be left
out. What stands in code is no comment. A comment without effect is a finding ([GK004](rules/GK004.md)), which `--fix`
mends by removing it; one that names an unknown rule or cannot be understood is another ([GK005](rules/GK005.md)).
Formats without comments have `per-file-ignores`, down to the cell of a table; an entry for a single file that has
nothing to leave out is a finding as well.

What is left out is counted in the summary, and is in SARIF with its reason (`suppressions`).

## Baseline

For old reports that nobody will mend, `gklint check --baseline gklint-baseline.json --update-baseline` writes down what
is found now. From then on `gklint check --baseline gklint-baseline.json` shows only what is new. An entry is known by
path, code and a fingerprint that stays the same when lines move; a renamed file keeps its entries. What has been mended
is said, and the next `--update-baseline` removes it. A run over some files leaves the entries of the others alone.
Files that cannot be read, and what is wrong with suppressions, are never taken in.
"""


def page() -> str:
    """The page about configurations."""
    schema: dict[str, Any] = json.loads(schema_path().read_text(encoding="utf-8"))
    lines = ["# Configuration", "", GENERATED, "", *_ABOVE.splitlines(), ""]
    lines += ["The JSON Schema (`gklint schema --config`) gives completion in editors.", "", "## Keys", ""]
    for key, part in schema["properties"].items():
        lines += [f"### {key}", "", part["description"], ""]
        if words := part.get("enum"):
            lines += [f"One of {', '.join(f'`{word}`' for word in words)}.", ""]
        if "default" in part:
            lines += [f"Default: `{to_yaml(part['default'])}`", ""]
        for example in part.get("examples", []):
            lines += ["```yaml", *_example(key, example), "```", ""]
        for inner, about in _inner(part).items():
            lines.append(f"- `{inner}`: {about['description']}")
        if _inner(part):
            lines.append("")
    return "\n".join([*lines, *_BELOW.splitlines()]).rstrip() + "\n"


def _inner(part: dict[str, Any]) -> dict[str, Any]:
    """The keys of the entries of a list inside of a mapping."""
    values = part.get("additionalProperties")
    items = values.get("items", {}) if isinstance(values, dict) else {}
    found: dict[str, Any] = items.get("properties", {})
    return found


def _example(key: str, value: Any) -> list[str]:
    if not isinstance(value, dict):
        return [f"{key}: {to_yaml(value)}"]
    lines = [f"{key}:"]
    for name, part in value.items():
        if isinstance(part, list):
            lines += [f"  {to_yaml(name)}:", *(f"    - {to_yaml(item)}" for item in part)]
        else:
            lines.append(f"  {to_yaml(name)}: {to_yaml(part)}")
    return lines
