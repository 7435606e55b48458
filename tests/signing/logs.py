"""Log proofs of logs whose entries are all at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server.domain.merkle import leaf_hash
from server.signing.evidence.log_proof import proof_bundle
from tests.domain.whole_logs import tree_of


def prove(entries: Sequence[bytes], positions: Iterable[int]) -> bytes:
    """`protokoll.json` that discloses the entries at these positions."""
    tree = tree_of([leaf_hash(entry) for entry in entries])
    return proof_bundle(tree, {position: entries[position] for position in positions})
