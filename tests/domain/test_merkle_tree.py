"""A tree that remembers its levels says what the plain functions say, and soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.merkle import Tree, includes, inclusion_proof, leaf_hash, root


def hashes(size: int) -> list[bytes]:
    return [leaf_hash(str(i).encode()) for i in range(size)]


@given(
    st.lists(st.binary(min_size=1, max_size=4), max_size=70).map(lambda all_: [leaf_hash(e) for e in all_])
)
def test_root_and_every_proof_are_those_of_the_plain_functions(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    assert (tree.size, tree.root) == (len(leaves), root(leaves))
    assert [tree.inclusion_proof(i) for i in range(len(leaves))] == [
        inclusion_proof(i, leaves) for i in range(len(leaves))
    ]


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_a_leaf_that_is_not_there_has_no_proof(index: int) -> None:
    with pytest.raises(IndexError):
        Tree(hashes(3)).inclusion_proof(index)


def test_ten_thousand_entries_take_a_moment() -> None:
    leaves = hashes(10_000)
    began = time.process_time()
    tree = Tree(leaves)
    proofs = {index: tree.inclusion_proof(index) for index in range(0, 10_000, 193)}
    assert time.process_time() - began < 0.5
    assert all(includes(leaves[i], i, 10_000, proof, tree.root) for i, proof in proofs.items())
