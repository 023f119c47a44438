"""What every test can count on."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

# How long one example takes says more of the machine than of gklint; and CI tries the same examples each time, so that
# it fails only for what has changed.
settings.register_profile("gklint", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("gklint")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled packs are kept in a folder of the test run, never in the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GKLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is slow comes first: at the end all processes would wait for the one that has it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Note no branches while a test runs that is marked as unmeasured."""
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracing)
