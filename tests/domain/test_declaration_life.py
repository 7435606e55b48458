"""The phases of a declaration."""

import pytest

from server.domain.declarations import Phase, ensure_transition
from server.domain.errors import WrongPhase

D, S, L, P, W = Phase
ALLOWED = {(D, S), (D, W), (S, D), (S, L), (S, W), (L, P), (L, W), (P, W)}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("to", Phase)
def test_only_the_steps_of_its_life_are_possible(phase: Phase, to: Phase) -> None:
    if (phase, to) in ALLOWED:
        ensure_transition(phase, to)
    else:
        with pytest.raises(WrongPhase):
            ensure_transition(phase, to)
