"""What the tests of hooks share: one folder of environments for a whole test run, whatever process a test runs in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.integration.hooked import PRE_COMMIT, PREK, Drafts, Tool, Workplace, drafts

TOOLS = (PRE_COMMIT, PREK)


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The hooks' repository, and the place of the environments made from it."""
    base = tmp_path_factory.getbasetemp()
    # The processes of pytest-xdist have folders of their own below the run's.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "hooks"
    folder.mkdir(exist_ok=True)
    place = Workplace(folder)
    place.offer_hooks()
    return place


@pytest.fixture(scope="session")
def prepared(workplace: Workplace, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The tools whose environment this process has seen ready."""
    return set()


@pytest.fixture(params=TOOLS, ids=lambda tool: tool.name)
def repository(request: pytest.FixtureRequest, workplace: Workplace, prepared: set[str], tmp_path: Path) -> Drafts:
    """A new repository with the hook ``gklint``, its environment ready."""
    tool: Tool = request.param
    made = drafts(tmp_path / "repository", workplace, tool, "gklint")
    if tool.name not in prepared:
        # Where two processes want the same environment, the tool has one wait for the other.
        done = workplace.run(tool.name, *tool.prepare, cwd=made.folder)
        assert done.status == 0, done.shown
        prepared.add(tool.name)
    return made
