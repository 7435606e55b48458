"""What became of a batch: counted from what stands in the text and from what is on record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.text.branches.branches import Branch, BranchState
from server.domain.text.suggestions.decisions import Verdict

_FINAL: Final = (Verdict.ACCEPTED, Verdict.REJECTED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of proposals. `waiting`: kept for the next round. `gone`: no longer in the text, though no
    decision is on record: the passage was deleted, or the record is too old."""

    taken_over: int = 0
    rejected: int = 0
    open: int = 0
    waiting: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        return self.taken_over + self.rejected + self.open + self.waiting + self.gone


def outcome_of(batch: Branch, stand: Collection[str], verdicts: Mapping[str, Verdict]) -> Outcome:
    """`stand`: ids of the suggestions that are still in the text. `verdicts`: the newest by suggestion."""
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


def is_decided(verdicts: Mapping[str, Verdict], suggestion: str) -> bool:
    """By the record. One that was opened again is not."""
    return verdicts.get(suggestion) in _FINAL
