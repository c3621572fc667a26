"""Groups of documents that hang together by shared text: one consultant, many clients."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from reviewer.batch.duplicates.search import Pair

Node = TypeVar("Node", bound=Hashable)


def connected(links: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """Connected groups of at least two nodes, in order of first appearance."""
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in links:
        parent[root(other)] = root(one)
    groups: dict[Node, list[Node]] = {}
    for node in parent:
        groups.setdefault(root(node), []).append(node)
    return list(groups.values())


def clusters(pairs: Iterable[Pair]) -> list[list[str]]:
    """Keys of the documents of each cluster, largest first; of one enterprise alone is none."""
    links = [(pair.first.key, pair.second.key) for pair in pairs if not pair.same]
    groups = [sorted(group) for group in connected(links)]
    return sorted(groups, key=lambda group: (-len(group), group))
