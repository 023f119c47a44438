"""``gklint --version``: everything about an installation that a report of a mistake needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator


def lines() -> Iterator[str]:
    """The version of gklint, then Python, the platform, the libraries, the configuration and the packs with their
    files.  What cannot be told says why."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from gklint import __version__
    from gklint.errors import GklintError
    from gklint.output.cells import plain

    yield f"gklint {__version__}"
    yield f"Python {platform.python_version()} ({platform.python_implementation()}), {platform.platform()}"
    found = []
    for name in ("markdown-it-py", "ruamel.yaml", "jsonschema", "pathspec"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} missing")
    yield ", ".join(found)
    encodings = f"{sys.getfilesystemencoding()} file names, {sys.stdout.encoding} output"
    yield encodings
    try:
        from gklint.config import Finder
        from gklint.policy import Policy
        from gklint.settings import Overrides

        settings = Policy(Finder(), Overrides()).settings("gklint.yaml")
        yield f"configuration: {plain(settings.config.path or 'none')}"
        for pack in settings.packs:
            yield f"pack {pack.id}: {plain(pack.path)}"
    except GklintError as error:
        yield f"error: {plain(str(error))}"
