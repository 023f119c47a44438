"""Measure what the tests notice: change the code in small ways, one at a time, and see whether a test fails.

``python tools/mutation.py expressions`` has cosmic-ray (``pip install -e '.[mutation]'``) make a seeded sample of its
mutants of one target in a copy of the checkout, so that the working tree stays as it is, and prints how many were
killed, with the change of each survivor. The same target, size and seed give the same mutants; ``--at FILE:LINE`` runs
only those of the sample that stand on that line, for instance after a test was added.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Place = tuple[int, int]
"""A line, counted from 1, and a column, counted from 0."""


@dataclass(frozen=True)
class Target:
    """Modules that belong together and the tests that must notice a change in them, as arguments of pytest.

    ``slow`` tests are run only where ``tests`` have noticed nothing.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    slow: tuple[str, ...] = ()


TARGETS = {
    "expressions": Target(
        ("gklint/packs/expressions.py", "gklint/packs/grammar.py"),
        (
            "tests/packs/test_expressions.py",
            "tests/packs/test_loader.py",
            "tests/packs/test_compiled.py",
            "tests/packs/test_pages.py",
            "tests/packs/test_patterns_and_paths.py",
            "tests/packs/test_schema.py",
            "tests/checks/test_identities.py",
        ),
    ),
    "identities": Target(
        ("gklint/identities.py", "gklint/analysis.py", "gklint/checks/identities.py"),
        ("tests/checks", "tests/test_localise.py"),
    ),
    "binding": Target(
        ("gklint/binding",),
        (
            "tests/checks",
            "tests/binding",
            "--ignore=tests/binding/test_moulds.py",
            "tests/end_to_end/test_seeds.py",
        ),
        ("tests/binding/test_moulds.py",),
    ),
    "localisation": Target(("gklint/localise",), ("tests/test_localise.py", "tests/checks/test_identities.py")),
}


@dataclass(frozen=True, order=True)
class Mutant:
    """One change that cosmic-ray can make; ``job`` is its name in the session, which is another one each time."""

    module: str
    start: Place
    end: Place
    operator: str
    occurrence: int
    job: str


def annotation_spans(source: str) -> list[tuple[Place, Place]]:
    """Where type annotations stand. They are never evaluated, so a change there can change nothing."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.arg() | ast.AnnAssign():
                found.append(node.annotation)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found.append(node.returns)
    lines = source.splitlines()

    def column(line: int, offset: int) -> int:
        # ast counts bytes, cosmic-ray characters.
        return len(lines[line - 1].encode()[:offset].decode())

    return [
        ((node.lineno, column(node.lineno, node.col_offset)), (end, column(end, node.end_col_offset or 0)))
        for node in found
        if node is not None and (end := node.end_lineno) is not None
    ]


def sample(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """``size`` of the mutants, the same ones for the same seed, whatever order they come in."""
    ordered = sorted(mutants)
    return sorted(random.Random(seed).sample(ordered, min(size, len(ordered))))


def copy_checkout(to: Path) -> None:
    """Copy what is or could be committed, and link the real reports beside it where they stand beside the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        source, target = ROOT / name, to / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    beside = ROOT.parent / "shared"
    if beside.exists():
        (to.parent / "shared").symlink_to(beside.resolve())


def environment(copy: Path) -> dict[str, str]:
    """Tests of the copy, not of an installed gklint; the same examples and the same order of sets each time."""
    return os.environ | {
        "CI": "true",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(copy),
    }


def settings(target: Target, command: list[str], timeout: float) -> str:
    """What cosmic-ray has to know, in its TOML."""
    modules = ", ".join(f'"{module}"' for module in target.modules)
    quoted = shlex.join(command).replace("\\", "\\\\").replace('"', '\\"')
    return (
        f"[cosmic-ray]\nmodule-path = [{modules}]\ntimeout = {timeout:.0f}\nexcluded-modules = []\n"
        f'test-command = "{quoted}"\n[cosmic-ray.distributor]\nname = "local"\n'
    )


def read_mutants(session: Path, copy: Path) -> list[Mutant]:
    """Every mutant of the session but those in annotations."""
    from cosmic_ray.work_db import WorkDB, use_db

    with use_db(str(session), WorkDB.Mode.open) as work:
        mutants = [
            Mutant(
                Path(change.module_path).as_posix(),
                tuple(change.start_pos),
                tuple(change.end_pos),
                change.operator_name,
                change.occurrence,
                item.job_id,
            )
            for item in work.work_items
            for change in item.mutations
        ]
    unread = {
        module: annotation_spans((copy / module).read_text(encoding="utf-8"))
        for module in {one.module for one in mutants}
    }
    return [
        one for one in mutants if not any(begin <= one.start and one.end <= end for begin, end in unread[one.module])
    ]


def leave_out(session: Path, kept: list[Mutant]) -> None:
    """Mark every mutant but these as skipped."""
    from cosmic_ray.work_db import WorkDB, use_db
    from cosmic_ray.work_item import WorkerOutcome, WorkResult

    jobs = {one.job for one in kept}
    with use_db(str(session), WorkDB.Mode.open) as work:
        others = [item.job_id for item in work.work_items if item.job_id not in jobs]
        work.set_multiple_results(others, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


@dataclass(frozen=True)
class Result:
    """How the tests ended for a mutant: ``outcome`` is cosmic-ray's word for it."""

    outcome: str
    diff: str
    output: str


def results(session: Path, tried: list[Mutant]) -> dict[Mutant, Result]:
    from cosmic_ray.work_db import WorkDB, use_db

    with use_db(str(session), WorkDB.Mode.open) as work:
        by_job = dict(work.results)
    return {
        one: Result(found.test_outcome.value, found.diff or "", found.output or "")
        for one in tried
        if (found := by_job.get(one.job)) is not None and found.test_outcome is not None
    }


def report(found: dict[Mutant, Result]) -> None:
    """Print each survivor and the figures."""
    killed = [result for result in found.values() if result.outcome == "killed"]
    survived = [one for one, result in found.items() if result.outcome == "survived"]
    for one, result in sorted(found.items()):
        if result.outcome == "survived":
            changed = [line for line in result.diff.splitlines() if line[:1] in "-+" and line[1:3] not in ("--", "++")]
            print(f"\nsurvived: {one.module}:{one.start[0]} {one.operator}", *changed, sep="\n")
        elif result.outcome != "killed":
            print(f"\nnot run: {one.module}:{one.start[0]} {one.operator}\n{result.output}")
    late = sum(result.output == "timeout" for result in killed)
    ran = len(killed) + len(survived)
    score = f"{len(killed) / ran:.1%}" if ran else "none"
    print(f"\ntried {ran}, killed {len(killed)} ({late} by running too long), survived {len(survived)}: score {score}")


class Checkout:
    """A copy of the checkout in which mutants are made and tests run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "checkout"
        copy_checkout(self.path)
        self.environment = environment(self.path)

    def run(self, *arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=self.path, env=self.environment, capture_output=quiet, text=True)

    def time_tests(self, arguments: list[str]) -> float | None:
        """How long the tests take without any change; None if they fail."""
        began = time.perf_counter()
        clean = self.run(*arguments, quiet=True)
        if clean.returncode:
            print(f"{clean.stdout}\nmutation: the tests fail without any change; mend them first", file=sys.stderr)
            return None
        return time.perf_counter() - began

    def cosmic_ray(self, *arguments: str) -> None:
        self.run("-m", "cosmic_ray.cli", *arguments).check_returncode()


def measure(name: str, size: int, seed: int, at: list[str]) -> int:
    """Try a sample of the target's mutants; 0 unless it could not be done. A survivor is news, not a failure."""
    target = TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="gklint-mutation-") as folder:
        checkout = Checkout(Path(folder))
        config, fresh, session = (
            checkout.folder / each for each in ("mutation.toml", "fresh.sqlite", "session.sqlite")
        )
        config.write_text(settings(target, [], 0), encoding="utf-8")
        checkout.cosmic_ray("init", str(config), str(fresh))
        mutants = read_mutants(fresh, checkout.path)
        tried = sample(mutants, size, seed)
        print(f"{name}: {len(mutants)} mutants outside annotations, {len(tried)} of them with seed {seed}", flush=True)
        if at:
            tried = [one for one in tried if f"{one.module}:{one.start[0]}" in at]
        found: dict[Mutant, Result] = {}
        for tests in filter(None, (target.tests, target.slow)):
            command = ["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
            took = checkout.time_tests(command)
            if took is None:
                return 2
            print(f"{len(tried)} with tests that take {took:.0f} s unchanged", flush=True)
            config.write_text(settings(target, [sys.executable, *command], max(60.0, 3 * took)), encoding="utf-8")
            shutil.copyfile(fresh, session)
            leave_out(session, tried)
            checkout.cosmic_ray("exec", str(config), str(session))
            found |= results(session, tried)
            tried = [one for one in tried if one in found and found[one].outcome == "survived"]
        report(found)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Try a sample of small changes and see which of them no test notices.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--size", type=int, default=40, help="how many mutants to try (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=2022, help="which ones (default: %(default)s)")
    parser.add_argument(
        "--at", action="append", default=[], metavar="FILE:LINE", help="only those of the sample on this line"
    )
    options = parser.parse_args()
    try:
        import cosmic_ray  # noqa: F401
    except ImportError:
        print("mutation: cosmic-ray is missing; pip install -e '.[mutation]'", file=sys.stderr)
        return 2
    return measure(options.target, options.size, options.seed, options.at)


if __name__ == "__main__":
    sys.exit(main())
