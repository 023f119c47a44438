"""What is shipped: a wheel that works by itself, and an sdist from which the tests run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import gklint

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, status: int = 0, **variables: str) -> str:
    """What a command prints on standard output; it must end with ``status``.  The tests' own Python is kept out."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COV"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == status, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(target: Path, *options: str) -> None:
    run(sys.executable, "-m", "build", *options, "--outdir", target, ROOT, cwd=target)


def is_project_file(path: str) -> bool:
    return (ROOT / path).is_file()


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A folder away from the sources, with the sample drafts in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "elsewhere" / "examples")
    return tmp_path / "elsewhere"


def test_wheel_made_from_the_sdist_works_in_a_new_environment(tmp_path: Path, examples: Path) -> None:
    build(tmp_path)  # no option: the sdist first, then the wheel from it
    [wheel] = tmp_path.glob("*.whl")
    assert len([*tmp_path.glob("*.tar.gz")]) == 1
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packs = {f"gklint/rules/{pack.name}" for pack in (ROOT / "rules").glob("*.yaml")}
    assert packs
    modules = {module.relative_to(ROOT).as_posix() for module in (ROOT / "gklint").rglob("*.py")}
    assert names >= packs | modules | {"gklint/py.typed"}
    assert not {name for name in names if not name.startswith(("gklint/", "gklint-"))}

    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = python.with_name("gklint" + python.suffix)
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=examples)

    assert run(command, "--version", cwd=examples).splitlines()[0] == f"gklint {gklint.__version__}"
    where = run(python, "-c", "import gklint; print(gklint.__file__)", cwd=examples)
    assert Path(where.strip()).is_relative_to(environment)
    shipped = run(command, "check", "--output-format", "concise", "examples", cwd=examples, status=1)
    script = "import sys; from gklint.cli.main import main; sys.exit(main())"
    check = (sys.executable, "-c", script, "check", "--output-format", "concise", "examples")
    from_sources = run(*check, cwd=examples, status=1, PYTHONPATH=str(ROOT))
    assert "GK4" in shipped
    assert shipped == from_sources
    # Warnings as errors, nothing of the folder it is called in, nothing of the user's.
    strict = (python, "-I", "-W", "error", "-m", "gklint", "check", "--output-format", "concise", "examples")
    assert run(*strict, cwd=examples, status=1) == shipped
    run(command, "check", "--fail-on", "info", "examples/clean", cwd=examples)
    run(command, "test", cwd=examples)

    first_run = (
        "import sys; from gklint.packs.cache import cached_load; from gklint.packs import builtin_dir;"
        "print(len(cached_load([builtin_dir()], None)), 'ruamel.yaml' in sys.modules)"
    )
    assert run(python, "-c", first_run, cwd=examples).split() == [str(len(packs)), "False"]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a clone knows which files belong to the project")
def test_sdist_holds_the_project_and_runs_its_tests(tmp_path: Path) -> None:
    build(tmp_path, "--sdist")
    [sdist] = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
        members = {member.name.split("/", 1)[1] for member in archive.getmembers() if member.isfile()}
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    assert members - {"PKG-INFO"} == set(filter(is_project_file, listed.rstrip("\0").split("\0")))

    unpacked = sdist.with_name(sdist.name.removesuffix(".tar.gz"))
    pytest_options = ("-q", "-p", "no:cacheprovider", "-m", "not slow")
    quick = run(sys.executable, "-m", "pytest", *pytest_options, "tests/test_house.py", "tests/packs", cwd=unpacked)
    assert " passed" in quick
    run(sys.executable, "-m", "pytest", *pytest_options, "--collect-only", cwd=unpacked)
