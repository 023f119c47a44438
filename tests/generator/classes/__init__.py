"""The classes of mistakes by family; importing a module registers its classes."""

from __future__ import annotations

from . import cells, identities, sections, tables

__all__ = ["cells", "identities", "sections", "tables"]
