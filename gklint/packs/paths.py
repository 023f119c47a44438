"""Paths of rows and columns, as a pack writes them: which nodes of a tree they stand for."""

from __future__ import annotations

from collections.abc import Iterable

from gklint.packs.model import Node


def index_nodes(nodes: Iterable[Node]) -> dict[str, Node]:
    """All nodes of a tree by path, in the form's order."""
    return {node.path: node for top in nodes for node in top.walk()}


def expand(path: str, nodes: tuple[Node, ...]) -> list[Node]:
    """The nodes without children that ``path`` stands for in the tree ``nodes``, in the form's order.

    A plain path is one node; ``a.*`` is the children of ``a`` that carry values directly, ``a.**`` all that carry
    values below it, ``*`` and ``**`` the same for the whole tree.  A group and an unknown path give nothing.
    """
    head, _, last = path.rpartition(".")
    if last not in ("*", "**"):
        node = find(path, nodes)
        return [node] if node is not None and not node.children else []
    below: tuple[Node, ...] = nodes
    if head:
        group = find(head, nodes)
        if group is None:
            return []
        below = group.children
    if last == "**":
        return [leaf for node in below for leaf in node.leaves()]
    return [node for node in below if not node.children]


def find(path: str, nodes: tuple[Node, ...]) -> Node | None:
    """The node at a path without wildcard, None if there is none."""
    found: Node | None = None
    for part in path.split("."):
        found = next((node for node in nodes if node.id == part), None)
        if found is None:
            return None
        nodes = found.children
    return found


def leaves_under(paths: Iterable[str], nodes: tuple[Node, ...]) -> list[Node]:
    """The nodes without children that ``over`` names: a group stands for its leaves, wildcards are allowed too."""
    leaves: dict[str, Node] = {}
    for path in paths:
        node = find(path, nodes)
        for leaf in node.leaves() if node is not None else expand(path, nodes):
            leaves[leaf.path] = leaf
    return list(leaves.values())
