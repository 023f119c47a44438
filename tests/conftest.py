"""What every test can count on."""

from __future__ import annotations

import os
from collections.abc import Iterator

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
