"""Threads as remarks of a file, and what of a file's remarks is new."""

from __future__ import annotations

from datetime import UTC, datetime

from server.domain.text.comments.threads import Comment, Mentions, Thread
from server.domain.text.files.manuscript import Manuscript, Remark, Reply
from server.domain.text.files.remarks import (
    find_new,
    quote_of,
    remarks_of,
    with_remarks_on_proposals,
    without_marks,
)
from server.domain.text.live_text import LiveBlock, LiveRun

AT = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
SECONDS = int(AT.timestamp())


def comment(
    body: str,
    *,
    municipality: str = "Offenburg",
    recorded_for: str = "",
    is_removed: bool = False,
    from_file: str | None = None,
) -> Comment:
    return Comment(
        id=1,
        person_id=7,
        name="Anna",
        municipality=municipality,
        recorded_for=recorded_for,
        channel=None,
        guest="",
        body=body,
        written_at=AT,
        changed_at=None,
        is_removed=is_removed,
        mentioned=(),
        mentions=Mentions(),
        from_file=from_file,
    )


def thread(key: str, *comments: Comment, suggestion: str = "", resolved: bool = False) -> Thread:
    return Thread(1, key, "Worte", suggestion, AT, AT if resolved else None, "", 1, comments)


def test_each_author_stands_as_people_here_know_them() -> None:
    found = remarks_of(
        [
            thread("a", comment("Eins"), comment("Zwei", municipality="")),
            thread("b", comment("Drei", recorded_for="Lahr"), resolved=True),
            thread("c", comment("Vier", from_file="Rosa Rose")),
            thread("d", comment("", is_removed=True)),
        ],
        "Koordination",
    )
    assert found == (
        Remark(
            "a", "Anna, Offenburg", SECONDS, "Eins", (Reply("Anna, Koordination", SECONDS, "Zwei"),), False
        ),
        Remark("b", "Lahr", SECONDS, "Drei", (), True),
        Remark("c", "Rosa Rose", SECONDS, "Vier"),
    )


def test_of_a_file_that_comes_back_only_answers_and_threads_that_are_not_there_are_new() -> None:
    present = [Remark("key", "Anna, Offenburg", SECONDS, "Wie viel?", (Reply("Ben", SECONDS, "Wenig."),))]
    brought = [
        Remark(
            "0", "Anna", SECONDS, "Wie  viel? ", (Reply("Ben", SECONDS, "Wenig."), Reply("X", 5, "Viel."))
        ),
        Remark("1", "Rosa Rose", 6, "Neu"),
    ]
    new = find_new(brought, present)
    assert new.opened == (brought[1],)
    assert new.answers == {"key": (Reply("X", 5, "Viel."),)}
    assert new.known == {"0"}


def test_a_thread_about_a_proposal_lies_on_the_proposal_s_letters() -> None:
    blocks = [LiveBlock("paragraph", 0, (LiveRun("Wir ", {}), LiveRun("alle", {"ins:5": "x"})), {})]
    (block,) = with_remarks_on_proposals(blocks, [thread("key", comment("Warum?"), suggestion="5")])
    assert [dict(run.marks) for run in block.runs] == [{}, {"ins:5": "x", "comment:key": True}]
    assert quote_of([block], "key") == "alle"
    (bare,) = without_marks(Manuscript((block,)), frozenset({"key"})).blocks
    assert bare == blocks[0]
