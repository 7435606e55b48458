"""What became of a batch: counted from what stands in the text and from what is on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.text.branches.branches import Branch, BranchState
from server.domain.text.suggestions.decisions import Verdict

_FINAL: Final = (Verdict.ACCEPTED, Verdict.REJECTED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of proposals. `waiting`: kept for the next round. `gone`: not in the text any more, but nobody
    is on record for it: their passage went, or the record is too old."""

    taken_over: int = 0
    rejected: int = 0
    open: int = 0
    waiting: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        return self.taken_over + self.rejected + self.open + self.waiting + self.gone


def outcome_of(batch: Branch, stand: Collection[str], verdicts: Mapping[str, Verdict]) -> Outcome:
    """`stand`: ids of the suggestions that stand in the text. `verdicts`: the newest by suggestion."""
    left = sum(proposal in stand for proposal in batch.proposals)
    said = [verdicts.get(proposal) for proposal in batch.proposals if proposal not in stand]
    taken_over, rejected = (said.count(verdict) for verdict in _FINAL)
    waits = batch.state is BranchState.KEPT
    return Outcome(
        taken_over=taken_over,
        rejected=rejected,
        open=0 if waits else left,
        waiting=left if waits else 0,
        gone=len(said) - taken_over - rejected,
    )


def still_open(stand: Iterable[str], verdicts: Mapping[str, Verdict]) -> frozenset[str]:
    """What nobody has decided. A decision may be on record before the room has stored what it did."""
    return frozenset(each for each in stand if verdicts.get(each) not in _FINAL)
