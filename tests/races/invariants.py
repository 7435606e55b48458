"""What must hold whoever was first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from server.domain.audit import AuditEvent, Tag
from server.domain.declarations import Phase
from server.domain.people.mandates import MandateKind
from server.domain.sign_offs.statements import SignOff, counting
from server.domain.text.live_text import fix_content
from server.storage.declarations.declarations import load_declaration
from server.storage.record.audit import list_events
from server.storage.release.final_documents import find_final
from server.storage.sign_offs.sign_offs import list_sign_offs
from server.storage.text import revisions, update_log
from server.sync.projection import read_text
from tests.races.rounds import Round

REFUSALS = {
    "already_answered",
    "answer_changed",
    "deadline_passed",
    "mayor_has_answered",
    "stale_revision",
    "wrong_phase",
    "nobody_signed",
    "invalid_code",
    "paper_settled",
}
"""What whoever comes second may be told."""
ANSWERS = frozenset({"confirm", "passkey", "paper"})
"""Acts that give one."""
Done = Sequence[Mapping[str, Any]]


def broken(round_: Round, done: Done) -> list[str]:
    """In words, whatever does not hold."""
    world = round_.world
    declaration = world.read(load_declaration, round_.slug)
    stored: list[SignOff] = world.read(list_sign_offs, declaration.id)
    events: list[AuditEvent] = world.read(list_events, round_.slug)
    current = world.read(revisions.find_current, declaration.text_id)
    found = _answers(round_, done, stored) + _order(events)
    found += [f"refused with {one['error']}" for one in done if one.get("error", "") not in {"", *REFUSALS}]
    if declaration.phase is not Phase.DRAFTING:
        blocks = read_text(world.read(update_log.load_updates, declaration.text_id))
        if fix_content(blocks).digest != current.digest:
            found.append("a key was taken after the text was fixed")
    final = world.read(find_final, declaration.id)
    if (final is not None) != (declaration.phase is Phase.SEALED):
        found.append("sealed without a document, or the other way round")
    if final is not None:
        count = [str(s.id) for s in counting(stored, current.digest)]
        if final.pdf.decode().split("\n") != [current.digest, *sorted(count)]:
            found.append("the document holds other answers than count")
    return found


def _answers(round_: Round, done: Done, stored: list[SignOff]) -> list[str]:
    found = []
    promised = [one["made"] for one in done if one["do"] in ANSWERS and "made" in one]
    if round_.given is not None:
        promised.append(round_.given)
    if Counter(promised) != Counter(s.id for s in stored):
        found.append(f"promised {sorted(promised)}, stored {sorted(s.id for s in stored)}")
    if any(s.statement.revision_digest != round_.digest for s in stored):
        found.append("an answer to another text")
    for ags in {s.ags for s in stored}:
        acts = [s for s in stored if s.ags == ags]
        mayors = [place for place, s in enumerate(acts) if s.capacity is MandateKind.MAYOR]
        if mayors and any(s.capacity is not MandateKind.MAYOR for s in acts[mayors[0] :]):
            found.append("a deputy answered after the mayor")
        if len(counting(acts, round_.digest)) > 1:
            found.append("two answers of one municipality count")
        if len(acts) > (2 if round_.given is not None and acts[0].id == round_.given else 1):
            found.append("somebody changed an answer that they had not seen")
    return found


def _order(events: list[AuditEvent]) -> list[str]:
    found, tags = [], [event.tag for event in events]
    if tags.count(Tag.DOCUMENT_SEAL) > 1:
        found.append("sealed twice")
    phase = Phase.DRAFTING
    moves = {
        Tag.TEXT_FREEZE: Phase.SIGNING,
        Tag.TEXT_REOPEN: Phase.DRAFTING,
        Tag.DOCUMENT_SEAL: Phase.SEALED,
    }
    ended = False
    for tag in tags:
        if tag in (Tag.SIGN_OFF_GIVE, Tag.SIGN_OFF_WITHDRAW) and phase is not Phase.SIGNING:
            found.append(f"{tag.value} while {phase.value}")
        if tag is Tag.SIGN_OFF_GIVE and ended:
            found.append("an answer after the deadline")
        ended = ended or tag is Tag.SETTING_CHANGE
        if tag in moves and phase is Phase.SEALED:
            found.append(f"{tag.value} after the seal")
        phase = moves.get(tag, phase)
    return found
