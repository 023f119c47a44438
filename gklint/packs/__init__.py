"""The rule language: packs and how they are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gklint.packs.loader import builtin_dir as builtin_dir
    from gklint.packs.loader import builtin_packs as builtin_packs
    from gklint.packs.loader import load_pack as load_pack
    from gklint.packs.loader import load_packs as load_packs


def __getattr__(name: str) -> object:
    """The loader's functions, imported when first asked for: compiled packs need no YAML parser."""
    if name in ("builtin_dir", "builtin_packs", "load_pack", "load_packs"):
        from gklint.packs import loader

        return getattr(loader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
