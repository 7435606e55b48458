"""A Merkle log as in RFC 9162 section 2.1: root, inclusion and consistency proofs.

Hashes are SHA-256, 32 bytes. `leaves` are leaf hashes in log order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(entry: bytes) -> bytes:
    """Section 2.1.1: the prefix keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + entry).digest()


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
    if not 0 <= index < len(leaves):
        raise IndexError("no such leaf")
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(index, leaves[:k]), root(leaves[k:])]
    return [*inclusion_proof(index - k, leaves[k:]), root(leaves[:k])]


class Tree:
    """Root and inclusion proofs of one log from hashes that are computed once: n - 1 of them, then a proof
    costs no hash at all. `levels[h]` are the roots of the subtrees of height h from the left; the last one
    of a level may be of any smaller size (section 2.1.1: the split leaves full subtrees on the left)."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_parents(self._levels[-1]))

    @property
    def size(self) -> int:
        return len(self._levels[0])

    @property
    def root(self) -> bytes:
        """As `root` gives it."""
        return self._levels[-1][0] if self.size else root(())

    def inclusion_proof(self, index: int) -> list[bytes]:
        """As `inclusion_proof` gives it. Raises IndexError."""
        if not 0 <= index < self.size:
            raise IndexError("no such leaf")
        siblings = ((level, (index >> height) ^ 1) for height, level in enumerate(self._levels))
        return [level[at] for level, at in siblings if at < len(level)]


def _parents(level: Sequence[bytes]) -> list[bytes]:
    """A last one without a sibling rises as it is."""
    pairs = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Section 2.1.3.2: does the proof lead from the leaf to the root?"""
    if not 0 <= index < size:
        return False
    at, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            value = _node(sibling, value)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = _node(value, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and value == tree_root


def consistency_proof(size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Section 2.1.4.1: that the first `size` leaves are still there, in their order."""
    if not 0 < size <= len(leaves):
        raise IndexError("no such tree")
    return _subproof(size, leaves, complete=True)


def _subproof(size: int, leaves: Sequence[bytes], *, complete: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if complete else [root(leaves)]
    k = _split(len(leaves))
    if size <= k:
        return [*_subproof(size, leaves[:k], complete=complete), root(leaves[k:])]
    return [*_subproof(size - k, leaves[k:], complete=False), root(leaves[:k])]


def is_consistent(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Section 2.1.4.2."""
    if old_size == new_size:
        return not proof and old_root == new_root
    if not 0 < old_size < new_size or not proof:
        return False
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = _node(sibling, old), _node(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = _node(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root
