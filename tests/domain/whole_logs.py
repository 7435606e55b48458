"""Logs of which every leaf is at hand: the plain definitions of RFC 9162, section 2.1, word for word, to hold
`server.domain.merkle` against; and trees as the service has them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from server.domain.merkle import Subtree, Tree, grow


def tree_of(leaves: Sequence[bytes]) -> Tree:
    """Grown leaf by leaf."""
    hashes: dict[Subtree, bytes] = {}
    for position, leaf in enumerate(leaves):
        hashes |= {Subtree(0, position): leaf} | grow(position, leaf, hashes)
    return Tree(len(leaves), hashes)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return _node(root(leaves[:k]), root(leaves[k:]))


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(index, leaves[:k]), root(leaves[k:])]
    return [*inclusion_proof(index - k, leaves[k:]), root(leaves[:k])]
