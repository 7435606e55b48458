"""The log against the vectors of RFC 6962's reference implementation, and against the plain definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.merkle import Subtree, Tree, grow, includes, leaf_hash, left_siblings, subtrees_for
from tests.domain.whole_logs import inclusion_proof, root, tree_of

# Origin: certificate-transparency's MerkleTreeTest, the eight leaves and the roots over the first 1 and 8.
VECTOR = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in VECTOR]


def hashes(size: int) -> list[bytes]:
    return [leaf_hash(b"%d" % i) for i in range(size)]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_root_is_the_published_one(size: int, expected: str) -> None:
    assert root(LEAVES[:size]).hex() == tree_of(LEAVES[:size]).root.hex() == expected


@given(st.lists(st.binary(max_size=4), max_size=70), st.data())
def test_a_log_has_a_root_and_every_proof_at_every_size_it_ever_had(
    entries: list[bytes], data: st.DataObject
) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    size = data.draw(st.integers(0, len(leaves)))
    tree = Tree(size, tree_of(leaves).hashes)
    assert tree.root == root(leaves[:size])
    assert [tree.inclusion_proof(i) for i in range(size)] == [
        inclusion_proof(i, leaves[:size]) for i in range(size)
    ]


@given(st.integers(1, 300), st.data())
def test_root_and_proofs_are_made_of_the_subtrees_that_were_named(size: int, data: st.DataObject) -> None:
    leaves = hashes(size)
    indexes = data.draw(st.sets(st.integers(0, size - 1), max_size=5))
    wanted = subtrees_for(size, indexes)
    everything = tree_of(leaves).hashes
    tree = Tree(size, {subtree: everything[subtree] for subtree in wanted})
    assert tree.root == root(leaves)
    assert all(includes(leaves[i], i, size, tree.inclusion_proof(i), tree.root) for i in indexes)
    assert len(wanted) <= (2 * len(indexes) + 1) * size.bit_length()


@given(st.integers(0, 10_000))
def test_a_log_keeps_less_than_one_more_hash_for_each_leaf(size: int) -> None:
    assert sum(len(left_siblings(position)) for position in range(size)) <= max(size - 1, 0)


def test_a_leaf_completes_the_subtrees_that_end_with_it() -> None:
    everything = tree_of(LEAVES).hashes
    assert grow(6, LEAVES[6], everything) == {}
    assert grow(7, LEAVES[7], everything) == {
        Subtree(1, 3): root(LEAVES[6:]),
        Subtree(2, 1): root(LEAVES[4:]),
        Subtree(3, 0): root(LEAVES),
    }


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proven_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(index, leaves), root(leaves)
    assert includes(leaves[index], index, size, proof, top)
    assert not includes(leaf_hash(b"other"), index, size, proof, top)
    assert not includes(leaves[index], index, size, proof, leaf_hash(b"x"))
    assert not includes(leaves[index], index, size, [*proof, top], top)
    assert not proof or not includes(leaves[index], index, size, proof[:-1], top)


@pytest.mark.parametrize("index", [-1, 8])
def test_a_leaf_that_is_not_there_has_no_proof(index: int) -> None:
    with pytest.raises(IndexError):
        tree_of(LEAVES).inclusion_proof(index)
    with pytest.raises(IndexError):
        subtrees_for(8, [index])
