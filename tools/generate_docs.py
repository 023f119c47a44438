"""Write the parts of the documentation that the code already knows.

``python tools/generate_docs.py`` rewrites ``docs/rules``, ``docs/cli.md``, ``docs/configuration.md`` and the output
shown in ``console`` blocks of the README files and of ``docs``; with ``--check`` it writes nothing, shows what would
change, and ends with 1 if anything would.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from gklint.checks import CATALOGUE  # noqa: E402
from gklint.cli.main import build_parser  # noqa: E402
from gklint.packs import builtin_packs  # noqa: E402
from tools.docgen import commands, configuration, console, rules  # noqa: E402


def wanted() -> dict[str, str]:
    """What every generated file ought to hold, by its path below the repository."""
    files = rules.pages(CATALOGUE, builtin_packs())
    files["docs/cli.md"] = commands.page(build_parser())
    files["docs/configuration.md"] = configuration.page()
    for page in sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")]):
        path = page.relative_to(ROOT).as_posix()
        if path not in files:
            text = page.read_text(encoding="utf-8")
            if "```console\n" in text:
                files[path] = console.refresh(text, ROOT)
    return files


def stale(files: dict[str, str]) -> list[str]:
    """Pages of rules that no longer exist."""
    present = {page.relative_to(ROOT).as_posix() for page in (ROOT / "docs" / "rules").glob("*.md")}
    return sorted(present - files.keys())


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the generated parts of the documentation.")
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    check = parser.parse_args().check
    files = wanted()
    changed = 0
    for path, text in files.items():
        target = ROOT / path
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        if before == text:
            continue
        changed += 1
        if check:
            diff = difflib.unified_diff(
                before.splitlines(), text.splitlines(), path, f"{path} (as it should be)", lineterm=""
            )
            print("\n".join(diff))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    for path in stale(files):
        changed += 1
        print(f"{path}: no rule has this code any more")
        if not check:
            (ROOT / path).unlink()
    if check and changed:
        print(f"{changed} files are out of date: run python tools/generate_docs.py")
        return 1
    print(f"{len(files)} files, {changed} {'out of date' if check else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
