"""``gklint clean``: delete what gklint keeps between runs."""

from __future__ import annotations

import argparse

from gklint.errors import Exit, UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Delete the compiled packs and the outcomes of unchanged files that gklint keeps in its cache folder "
        "(GKLINT_CACHE_DIR, else the user's). Nothing is lost: the next run works them out again."
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="say nothing")


def run(options: argparse.Namespace) -> int:
    """Empty the cache folder and say how much was in it."""
    from gklint.packs.cache import default_cache_dir
    from gklint.results import clean

    folder = default_cache_dir()
    if folder is None:
        if not options.quiet:
            print("gklint: there is no cache folder")
        return Exit.CLEAN
    try:
        count = clean(str(folder))
    except OSError as error:
        raise UsageError(f"the cache cannot be deleted: {error.strerror or error}", str(folder)) from None
    if not options.quiet:
        print(f"gklint: {count} file{'' if count == 1 else 's'} deleted from {folder}")
    return Exit.CLEAN
