"""A page that shows a session at a terminal, played again as it is written there.

What a page holds, in order:

- a ``shellsession`` block: command lines (``$ …``), each with what it prints below it;
- another block below ``<!-- file: PATH -->``: the file that is written with just that text;
- ``<!-- copy: FROM TO -->``: a file of this repository that is copied;
- ``<!-- edit: PATH: LINE: OLD -> NEW -->``: what somebody changes on a line in an editor; where OLD is missing, NEW is
  a line that comes behind it;
- a block below ``<!-- problems: MANIFEST -->``: what the problem pattern of that VS Code extension reads in the last
  output.

``python -m tests.integration.transcript`` writes the page anew with what is printed now.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
import tempfile
from pathlib import Path

from tests.integration.hooked import PRE_COMMIT, ROOT, Workplace, drafts

PAGE = ROOT / "docs" / "a-drafters-day.md"
_PART = re.compile(
    r"^```shellsession\n(?P<session>.*?)^```$"
    r"|^<!-- file: (?P<file>.+?) -->\n```\w*\n(?P<text>.*?)^```$"
    r"|^<!-- copy: (?P<source>\S+) (?P<target>\S+) -->$"
    r"|^<!-- problems: (?P<manifest>.+?) -->\n```text\n.*?^```$"
    r"|^<!-- edit: (?P<edited>.+?): (?P<line>\d+): (?P<old>.*?) ?-> (?P<new>.*?) -->$",
    re.MULTILINE | re.DOTALL,
)
_WIDTH = 48
_COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


class Player:
    """Plays a page in a new repository, each command as in one and the same shell as far as ``$?`` goes."""

    def __init__(self, folder: Path, place: Workplace) -> None:
        self._folder = folder
        self._place = place
        self._status = 0
        self._shown: list[str] = []

    def page(self, text: str) -> str:
        """The page with what its commands print."""
        return _PART.sub(self._part, text)

    def _part(self, part: re.Match[str]) -> str:
        if part["session"] is not None:
            played = "".join(f"$ {command}\n{self._output(command)}" for command in _COMMAND.findall(part["session"]))
            return f"```shellsession\n{played}```"
        if part["file"] is not None:
            self._write(part["file"], part["text"])
        elif part["source"] is not None:
            self._write(part["target"], (ROOT / part["source"]).read_text(encoding="utf-8"))
        elif part["manifest"] is not None:
            head = part[0][: part[0].index("\n")]
            return f"{head}\n```text\n{self._problems(part['manifest'])}```"
        else:
            self._edit(part["edited"], int(part["line"]), part["old"], part["new"])
        return part[0]

    def _output(self, command: str) -> str:
        # What is checked out is what runs, installed or not.
        ours = f"PYTHONPATH={shlex.quote(str(ROOT))} {shlex.quote(sys.executable)} -m gklint"
        script = f'gklint() {{ {ours} "$@"; }}; (exit {self._status}); {command}'
        done = self._place.run("bash", "-c", script, cwd=self._folder)
        self._status = done.status
        lines = [line.rstrip() for line in done.lines]
        while lines and not lines[-1]:
            lines.pop()
        self._shown = lines
        return "".join(f"{line}\n" for line in lines)

    def _problems(self, manifest: str) -> str:
        """The last output as VS Code's list of problems has it, the messages cut short."""
        [pattern] = json.loads((ROOT / manifest).read_text(encoding="utf-8"))["contributes"]["problemPatterns"]
        # What this one uses means the same to JavaScript and to Python.
        found = [match for line in self._shown if (match := re.search(pattern["regexp"], line))]
        rows = []
        for match in found:
            file, line, column, severity, code, message = (
                match[pattern[key]] for key in ("file", "line", "column", "severity", "code", "message")
            )
            short = message if len(message) <= _WIDTH else message[: _WIDTH - 1] + "…"
            rows.append(f"{file}  {severity}  {short}  {code} [Ln {line}, Col {column}]\n")
        return "".join(rows)

    def _write(self, path: str, text: str) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def _edit(self, path: str, number: int, old: str, new: str) -> None:
        lines = (self._folder / path).read_text(encoding="utf-8").split("\n")
        line = lines[number - 1]
        if old:
            assert line.count(old) == 1, f"{path}:{number}: {old!r} in {line!r}"
            lines[number - 1] = line.replace(old, new)
        else:
            lines[number:number] = ["", new]
        self._write(path, "\n".join(lines))


def play(text: str, folder: Path, place: Workplace) -> str:
    """A page with what its commands print when they are given in a new repository in ``folder``."""
    ready = drafts(folder / "ready", place, PRE_COMMIT, "gklint", "gklint-fix")
    # The page does not show how the environment is made: that is said once on each machine.
    done = place.run(PRE_COMMIT.name, *PRE_COMMIT.prepare, cwd=ready.folder)
    assert done.status == 0, done.shown
    desk = folder / "desk"
    desk.mkdir()
    place.run("git", "init", "--quiet", cwd=desk)
    return Player(desk, place).page(text)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(Path(folder) / "hooks")
        place.folder.mkdir()
        place.offer_hooks()
        text = play(PAGE.read_text(encoding="utf-8"), Path(folder), place)
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
