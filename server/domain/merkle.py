"""A Merkle log as in RFC 9162, section 2.1: it grows by a leaf at a time, and has a root and inclusion proofs
at every size it ever had.

Hashes are SHA-256, 32 bytes. What is kept of a log are the hashes of its perfect subtrees, which never change
once they are complete: less than one a leaf beside the leaves themselves. The root of any size and each proof
are made of at most log2(size) of them for each step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True, slots=True)
class Subtree:
    """The 2**level leaves from index * 2**level on. Level 0 are the leaves."""

    level: int
    index: int


def leaf_hash(entry: bytes) -> bytes:
    """Section 2.1.1: the prefix keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def left_siblings(position: int) -> list[Subtree]:
    """The subtrees that the leaf at `position` joins to larger ones, from the smallest on: none for half of
    all leaves, one on average."""
    joined = (~position & (position + 1)).bit_length() - 1
    return [Subtree(level, (position >> level) - 1) for level in range(joined)]


def grow(position: int, leaf: bytes, hashes: Mapping[Subtree, bytes]) -> dict[Subtree, bytes]:
    """The subtrees that the leaf completes, without itself. `hashes` holds its left siblings."""
    grown: dict[Subtree, bytes] = {}
    for sibling in left_siblings(position):
        leaf = _node(hashes[sibling], leaf)
        grown[Subtree(sibling.level + 1, sibling.index // 2)] = leaf
    return grown


def subtrees_for(size: int, indexes: Iterable[int]) -> set[Subtree]:
    """Those of which a `Tree` of this size makes its root and the proofs of these leaves."""
    ranges = [(0, size), *(sibling for index in indexes for sibling in _siblings(index, size))]
    return {subtree for start, length in ranges for subtree in _perfect(start, length)}


@dataclass(frozen=True, slots=True)
class Tree:
    """The log when it had `size` leaves. `hashes` holds what `subtrees_for` names."""

    size: int
    hashes: Mapping[Subtree, bytes]

    @property
    def root(self) -> bytes:
        """Section 2.1.1."""
        return self._hash(0, self.size) if self.size else hashlib.sha256(b"").digest()

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Section 2.1.3.1. Raises IndexError."""
        return [self._hash(start, length) for start, length in _siblings(index, self.size)]

    def _hash(self, start: int, length: int) -> bytes:
        last, *before = [self.hashes[subtree] for subtree in reversed(list(_perfect(start, length)))]
        return reduce(lambda right, left: _node(left, right), before, last)


def _siblings(index: int, size: int) -> list[tuple[int, int]]:
    """Start and length of the ranges beside the way from the leaf to the root."""
    if not 0 <= index < size:
        raise IndexError("no such leaf")
    start, found = 0, []
    while size > 1:
        left = 1 << ((size - 1).bit_length() - 1)  # the largest power of two smaller than `size`
        if index < start + left:
            found.append((start + left, size - left))
            size = left
        else:
            found.append((start, left))
            start, size = start + left, size - left
    return found[::-1]


def _perfect(start: int, length: int) -> Iterator[Subtree]:
    """A range of the tree as perfect subtrees, from the left, which is from the largest."""
    while length:
        level = length.bit_length() - 1
        yield Subtree(level, start >> level)
        start, length = start + (1 << level), length - (1 << level)


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
