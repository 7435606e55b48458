"""The log against the vectors of RFC 6962's reference implementation, and its proofs against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.merkle import consistency_proof, includes, inclusion_proof, is_consistent, leaf_hash, root

# Origin: certificate-transparency's MerkleTreeTest, the eight leaves and the roots over the first 1 and 8.
VECTOR = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in VECTOR]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_root_is_the_published_one(size: int, expected: str) -> None:
    assert root(LEAVES[:size]).hex() == expected


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proven_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(b"%d" % i) for i in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(index, leaves), root(leaves)
    assert includes(leaves[index], index, size, proof, top)
    assert not includes(leaf_hash(b"other"), index, size, proof, top)
    assert not includes(leaves[index], index, size, proof, leaf_hash(b"x"))
    assert not includes(leaves[index], index, size, [*proof, top], top)
    assert not proof or not includes(leaves[index], index, size, proof[:-1], top)


@given(st.integers(1, 40), st.data())
def test_a_grown_log_is_proven_and_a_changed_one_is_not(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(b"%d" % i) for i in range(size)]
    old = data.draw(st.integers(1, size))
    proof, before, after = consistency_proof(old, leaves), root(leaves[:old]), root(leaves)
    assert is_consistent(old, size, before, after, proof)
    assert not is_consistent(old, size, leaf_hash(b"x"), after, proof)
    assert old == size or not is_consistent(old, size, before, leaf_hash(b"x"), proof)


@pytest.mark.parametrize("index", [-1, 8])
def test_a_leaf_that_is_not_there_has_no_proof(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(index, LEAVES)
