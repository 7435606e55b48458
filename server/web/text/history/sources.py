"""The states of a text that a person may read: fixed, kept, present, and as they last saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.errors import NotAllowed, NotFound
from server.domain.text.checkpoints import CheckpointHead, settled_content
from server.domain.text.content import Content
from server.domain.text.versions import Fixed, Kept, LastVisit, Present, VersionKey, parse_key
from server.storage.engine.types import Reader
from server.storage.text import checkpoints
from server.storage.text.revisions import read_content, read_heads
from server.storage.text.update_log import read_log, read_rows
from server.storage.text.visits import read_visit
from server.sync.projection import read_text
from server.web.sentences.messages import N_, Message
from server.web.text.shown import ShownText


@dataclass(frozen=True, slots=True)
class Version:
    """`label`: how people call it. `at`: when it was fixed, kept or seen; None for the present text."""

    key: VersionKey
    label: Message
    at: datetime | None
    content: Content


def read_version(db: Reader, text: ShownText, key: VersionKey) -> Version:
    """Raises NotFound, and NotAllowed for what the person may not read."""
    if not (text.rights.fixed if isinstance(key, Fixed) else text.rights.kept):
        raise NotAllowed()
    match key:
        case Fixed(number):
            return _fixed(db, text.text_id, number)
        case Kept(checkpoint):
            return _kept(db, text.text_id, checkpoint)
        case Present():
            updates = read_log(db, text.text_id).updates
            return Version(key, Message(N_("Working text")), None, settled_content(read_text(updates)))
        case LastVisit():
            return _last_seen(db, text)


def key_of(text: str) -> VersionKey:
    """Of an address or a form. Raises NotFound."""
    key = parse_key(text)
    if key is None:
        raise NotFound(what="version")
    return key


def _fixed(db: Reader, text_id: int, number: int) -> Version:
    for head in read_heads(db, [text_id])[text_id]:
        if head.number == number:
            label = Message(N_("Revision %(number)s"), {"number": number})
            return Version(Fixed(number), label, head.fixed_at, read_content(db, head.id))
    raise NotFound(what="revision")


def _kept(db: Reader, text_id: int, checkpoint: int) -> Version:
    head = find_head(checkpoints.read_heads(db, text_id), checkpoint)
    content = settled_content(checkpoints.read_blocks(db, text_id, head.id))
    return Version(Kept(head.id), label_of(head), head.made_at, content)


def find_head(heads: Sequence[CheckpointHead], checkpoint: int) -> CheckpointHead:
    """Raises NotFound."""
    for head in heads:
        if head.id == checkpoint:
            return head
    raise NotFound(what="checkpoint")


def label_of(head: CheckpointHead) -> Message:
    if head.name:
        return Message(N_("“%(name)s”"), {"name": head.name})
    return Message(N_("State of %(at)s"), {"at": head.made_at})


def _last_seen(db: Reader, text: ShownText) -> Version:
    """Where the log has been compacted since, the newest kept state from before stands for it: it shows a
    little too much as new, never too little. Raises NotFound where there was no visit before this one."""
    visit = read_visit(db, text.text_id, text.access.person.id)
    if visit is None or visit.before is None or visit.before_at is None:
        raise NotFound(what="visit")
    label = Message(N_("Your last visit on %(at)s"), {"at": visit.before_at})
    content = _content_at(db, text.text_id, visit.before)
    return Version(LastVisit(), label, visit.before_at, content)


def _content_at(db: Reader, text_id: int, position: int) -> Content:
    rows = read_rows(db, text_id)
    if rows and rows[0][0] <= position:
        return settled_content(read_text([update for at, update in rows if at <= position]))
    for head in checkpoints.read_heads(db, text_id):
        if head.position <= position:
            return settled_content(checkpoints.read_blocks(db, text_id, head.id))
    return Content(())
