"""A request for each line of the table that succeeds where it is allowed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from tests.web.rights.build import TABLE, Things
from tests.web.rights.calls import Call
from tests.web.rights.table import HERE_RULES, D
from tests.world import OFFENBURG

T = TypeVar("T")
Fields = Mapping[str, object]
Fill = Callable[[str, Things], Fields]
"""From who asks and what there is."""


def _of(who: str, things: Mapping[str, T]) -> T:
    """The person's own; for who has none, somebody else's."""
    return things[who] if who in things else next(iter(things.values()))


def _answer(who: str, things: Things) -> Fields:
    return {
        "digest": things.digest,
        "mandate": str(_of(who, things.mandates)),
        "replaces": str(_of(who, things.sign_offs)),
        "answer": "signs_with_statement",
        "statement": "Mit Bedenken.",
    }


def _code(who: str, things: Things) -> Fields:
    return {"code": _of(who, things.codes)[1]}


def _take_back(who: str, things: Things) -> Fields:
    return {"mandate": str(_of(who, things.mandates)), "sign_off": str(_of(who, things.sign_offs))}


_GUEST: Final = {"name": "Gundel", "email": "gundel@example.org", "role": "observer"}
_DEPUTY: Final = {
    "email": "gundel@example.org",
    "kind": "deputy",
    "title": "Beigeordnete",
    "first": "2026-06-17",
    "rank": "3",
}
_MAYOR: Final = {"title": "Oberbürgermeisterin", "first": "2026-06-17", "last": "2026-12-31", "rank": "1"}
_REMINDER: Final = {"audience": "no_answer", "text": "Bitte antworten Sie.", "expected": "0"}
_FORMS: Final[Mapping[str, Fill]] = {
    f"POST {D}/freeze": lambda *_: {"change": "Ein Satz ist neu.", "nature": "editorial"},
    f"POST {D}/sign/preview": lambda *_: {"words": "Wir empfehlen es.", "questions": "", "seen": "0"},
    f"POST {D}/people/chosen": lambda *_: {"do": "send"},
    f"POST {D}/sign/code": _answer,
    f"POST {D}/sign/copy": _answer,
    f"POST {D}/sign/code/{{challenge}}": _code,
    f"POST {D}/sign/withdraw": _take_back,
    f"POST {D}/text/files/take-over": lambda *_: {"way": "propose", "stamp": "none"},
    f"POST {D}/municipalities/{{ags}}/invite": lambda *_: {
        "name": "Gundel",
        "email": "gundel@example.org",
        "part": "suggester",
    },
    f"POST {D}/municipalities/{{ags}}/mandates": lambda *_: _DEPUTY | {"name": "Gundel"},
    f"POST {D}/municipalities/{{ags}}/mandates/{{mandate:int}}": lambda *_: _MAYOR,
    f"POST {D}/accessions": lambda *_: {
        "municipality": "08317057",
        "name": "Karl Kiefer",
        "title": "Oberbürgermeister",
        "email": "karl@example.org",
    },
    f"POST {D}/press/templates/{{kind}}": lambda *_: {"text": "{titel}"},
    f"POST {D}/press/previews": lambda *_: {"name": "Gundel, Zeitung"},
    f"POST {D}/webhooks": lambda *_: {"address": "https://127.0.0.1/x"},
    f"POST {D}/reports": lambda *_: {"year": "2026", "town": "08317096", "progress_1": "done"},
    f"POST {D}/reports/publish": lambda *_: {"year": "2026"},
    f"POST {D}/reports/remind": lambda *_: {"year": "2026"},
    f"POST {D}/addenda/propose": lambda *_: {"kind": "erratum", "reason": "Ein Wort ist falsch."},
    f"POST {D}/addenda/confirm": lambda _, things: {"draft": str(things.draft)},
    f"POST {D}/addenda/discard": lambda _, things: {"draft": str(things.draft)},
    f"POST {D}/release/propose": lambda *_: {"step": "stop"},
    f"POST {D}/release/confirm": lambda _, things: {"proposal": str(things.proposal)},
    f"POST {D}/release/discard": lambda _, things: {"proposal": str(things.proposal)},
    f"POST {D}/mails": lambda _, things: {"mail": str(things.mail)},
    f"POST {D}/reminders": lambda *_: _REMINDER,
    f"POST {D}/reminders/send": lambda *_: _REMINDER,
    f"POST {D}/settings/creators": lambda _, things: {"person": str(things.coordinator)},
    f"POST {D}/settings/{{section}} title": lambda *_: {"title": "Neu", "issuer": "Städte"},
    f"POST {D}/settings/{{section}} deadline": lambda *_: {"at": "2026-06-30T12:00"},
    f"POST {D}/settings/{{section}} embargo": lambda *_: {"at": "2026-06-30T12:00"},
    f"POST {D}/withdraw": lambda *_: {"reason": "Es geht nicht weiter."},
    f"POST {D}/workshops": lambda *_: {"title": "Halle", "section": "", "hours": "4"},
    f"POST {D}/branches": lambda *_: {"name": "Neu"},
    f"POST {D}/people/invite": lambda *_: _GUEST,
    f"POST {D}/people/{{person:int}}": lambda *_: {"role": "press"},
    f"POST {D}/people/import/pick": lambda *_: {"part": "mayor", "town-08317096": "on"},
    f"POST {D}/people/import/check": lambda _, things: {
        "stamp": things.stamp,
        "lines": "2",
        "do": "leave_out",
    },
    f"POST {D}/people/import/confirm": lambda _, things: {"stamp": things.stamp},
    f"POST {D}/people/send": lambda *_: {"contact": "Clara, 0781 1"},
    f"POST {D}/translations": lambda *_: {"language": "de-simple"},
    f"POST {D}/translations/{{language}}/fix": lambda *_: {"revision": "1"},
    f"POST {D}/versions/restore": lambda _, things: {"version": f"c{things.checkpoint}"},
    f"POST {D}/translations/{{language}}/versions/restore": lambda *_: {"version": "r1"},
}
_DECISION: Final = {"suggestion": "x-1", "verdict": "rejected", "person": 0, "words": "Streichen: alt"}
_JSON: Final[Mapping[str, Fill]] = {
    f"POST {D}/decisions": lambda *_: {"decisions": [_DECISION]},
    f"POST {D}/sign/differs": lambda *_: {"link": "text"},
    f"POST {D}/comments": lambda *_: {"body": "Gut?", "quote": "Wir"},
    f"POST {D}/comments/{{key}}": lambda *_: {"body": "Ja."},
    f"POST {D}/comments/{{key}}/resolve": lambda *_: {},
    f"POST {D}/comments/{{key}}/reopen": lambda *_: {},
    f"POST {D}/comments/{{key}}/{{comment:int}}": lambda *_: {"body": "Doch."},
    f"POST {D}/comments/{{key}}/{{comment:int}}/remove": lambda *_: {},
    f"POST {D}/sign/passkey/begin": _answer,
    f"POST {D}/sign/passkey/finish": lambda *_: {"challenge_id": "keine", "response": {"id": "x"}},
}
_OF_TRANSLATIONS: Final = {
    key.replace(D, f"{D}/translations/{{language}}"): fill
    for key, fill in _JSON.items()
    if "/comments" in key or "/decisions" in key
}
_FILES: Final = frozenset({f"POST {D}/people/import", f"POST {D}/paper", f"POST {D}/sign/copy/{{challenge}}"})
REACHED: Final[Mapping[str, int]] = {
    f"POST {D}/workshops/notes/{{note:int}}/take": 409,
    f"POST {D}/branches/{{branch:int}}/share": 409,
    f"POST {D}/sections/{{key}}/agree": 404,
    f"POST {D}/sections/{{key}}/reopen": 404,
    f"POST {D}/sections/{{key}}/assign": 404,
    f"POST {D}/branches/{{branch:int}}/put-off": 404,
    f"POST {D}/branches/{{branch:int}}/take-up": 404,
    f"POST {D}/sign/passkey/finish": 422,
    f"POST {D}/paper": 422,
    f"POST {D}/reports": 422,
    f"POST {D}/reports/publish": 422,
    f"POST {D}/reports/remind": 422,
    f"POST {D}/webhooks": 422,
    f"POST {D}/addenda/confirm": 409,
    f"POST {D}/addenda/discard": 409,
    f"POST {D}/paper/{{record}}/confirm": 409,
    f"POST {D}/accessions/seal": 409,
    f"POST {D}/text/files": 422,
    f"POST {D}/text/files/take-over": 409,
    f"POST {D}/versions": 422,
    f"POST {D}/versions/{{checkpoint:int}}/scrub": 422,
    f"POST {D}/translations/{{language}}/versions": 422,
    f"POST {D}/translations/{{language}}/versions/{{checkpoint:int}}/scrub": 422,
}
"""Where the request does not succeed but is judged: nobody's device is at hand, nothing was brought, a name
or a choice is missing. Else 200 or 303."""


def parameters(who: str, things: Things, key: str) -> dict[str, str]:
    return {
        "slug": things.slug,
        "number": "1",
        "checkpoint": str(things.kept_translation if "/translations/" in key else things.checkpoint),
        "challenge": _of(who, things.codes)[0],
        "person": str(things.person),
        "ags": OFFENBURG,
        "record": str(things.record),
        "mandate": str(_of("doris", things.mandates)),
        "invitation": str(things.invitation),
        "wall": str(things.wall),
        "key": things.remark[0] if "/translations/" in key else things.thread,
        "comment": str(things.remark[1] if "/translations/" in key else things.comment),
        "workshop": str(things.workshop),
        "note": str(things.note),
        "branch": str(things.branch),
        "sign_off": str(_of("doris", things.sign_offs)),
        "format": "docx",
        "language": "fr",
        "kind": "general",
        "preview": str(things.preview),
        "accession": str(things.accession),
        "webhook": str(things.webhook),
        "delivery": str(things.delivery),
        "section": key.rpartition(" ")[2],
    }


def request_for(key: str, who: str, things: Things) -> Call:
    """`key` is a line of the table: method, route, perhaps a section."""
    method, route = key.split()[:2]
    values = parameters(who, things, key)
    path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: values[found[1]], route)
    if route.endswith("/compare"):
        path += "?old=r1&new=r1"
    if route.endswith("/lines.pdf"):
        path += "?version=r1"
    if fill := (_JSON | _OF_TRANSLATIONS).get(key):
        return Call(method, path, json=json.dumps(fill(who, things)))
    if key in _FILES:
        is_paper = route.endswith("/paper")
        fields = {"mandate": str(_of("doris", things.mandates))} if is_paper else {}
        return Call(method, path, fields, file=TABLE)
    given = _FORMS[key](who, things) if key in _FORMS else {}
    return Call(method, path, {name: str(value) for name, value in given.items()})


KEYS: Final = tuple(HERE_RULES)
