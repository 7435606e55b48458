"""What follows the text: who signed, what they declared, how it is proved, how to check it."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from server.documents.edition.markup import Markup, element, joined, lines
from server.documents.edition.words import (
    ATTACHED,
    COMPARE,
    COMPARE_TEXT,
    HOW_TO_CHECK,
    IN_THE_PDF,
    OPEN_ADDRESS,
    PDF_CHECK,
    SIGNED_FOR_IT,
    SIZE,
    TOWN,
)
from server.documents.model import Attachment, FinalText, SignatoryLine
from server.documents.parts.closing import closing_texts
from server.documents.parts.proof import in_one_line, proof_notes, proof_rows
from server.documents.parts.signatories import Parts, columns, group_name, groups
from server.documents.parts.statements import entry_texts, numbered_statements
from server.documents.parts.verification_block import digest_groups
from server.documents.wording import (
    ADDRESS,
    CODE,
    COLUMNS,
    DIGEST,
    PROOF,
    SIGNATORIES,
    SIGNATORY,
    STATEMENTS,
    VERIFICATION,
)


def closing(text: FinalText) -> Markup:
    return element("section", *(element("p", words) for words in closing_texts(text)), class_="closing")


def signatories(text: FinalText) -> Markup:
    """One table for all, with the kinds of municipalities as groups of rows."""
    title = (SIGNATORY, SIGNATORIES)[len(text.signatories) > 1]
    head = element("tr", element("th", TOWN, scope="col"), element("th", SIGNED_FOR_IT, scope="col"))
    bodies = [_group(group) for group in groups(text.signatories)]
    table = element("table", element("thead", head), *bodies, class_="names", aria_labelledby="mitgezeichnet")
    return element("section", element("h2", title, id="mitgezeichnet"), table)


def _group(group: Sequence[tuple[SignatoryLine, int]]) -> Markup:
    name = element("th", group_name(group), scope="rowgroup", colspan="2")
    numbers = [number for _, number in group]
    rows = (_row(line, n, has_address=n not in numbers[:at]) for at, (line, n) in enumerate(group))
    return element("tbody", element("tr", name, class_="group"), *rows)


def _row(line: SignatoryLine, number: int, *, has_address: bool) -> Markup:
    """Of several who signed for one municipality, the first has the address that the statement leads to."""
    town, person = columns(line, number)
    (name, _), (note, _) = town
    said = element("a", note, href=f"#erklaerung-{number}") if number else note
    cells = [element("strong", name), *([element("small", said)] if note else [])]
    address = f"kommune-{number}" if number and has_address else ""
    return element("tr", element("th", *cells, scope="row"), element("td", *_person(person)), id=address)


def _person(parts: Parts) -> list[Markup]:
    (name, _), *more = parts
    return [element("span", name), *(element("small", words) for words, _ in more if words)]


def statements(text: FinalText) -> list[Markup]:
    """Nothing where nobody gave a statement or a reservation."""
    given = numbered_statements(text.signatories)
    if not given:
        return []
    entries = [_entry(line, number) for line, number in given]
    return [element("section", element("h2", STATEMENTS, id="protokollerklaerungen"), *entries)]


def _entry(line: SignatoryLine, number: int) -> Markup:
    title, *said = entry_texts(line, number)
    back = element("a", title, href=f"#kommune-{number}")
    heading = element("h3", back, id=f"erklaerung-{number}")
    return element("div", heading, *(element("p", words) for words in said), class_="entry")


def proof(text: FinalText) -> Markup:
    rows = list(proof_rows(text.signatories))
    notes = [element("p", note) for note in proof_notes(text.signatories)]
    heading = element("h2", PROOF, id="nachweis")
    if len(rows) == 1:
        return element("section", heading, element("p", in_one_line(rows[0])), *notes, class_="proof")
    head = element("tr", *(element("th", name, scope="col") for name in COLUMNS))
    body = [
        element("tr", element("th", way, scope="row"), element("td", whom), element("td", time))
        for way, whom, time in rows
    ]
    table = element("table", element("thead", head), element("tbody", *body), aria_labelledby="nachweis")
    return element("section", heading, table, *notes, class_="proof")


def verification(text: FinalText, attachments: Sequence[Attachment], only_in_pdf: Sequence[str]) -> Markup:
    facts = (
        (CODE, element("strong", text.short_code)),
        (ADDRESS, element("a", _breakable(text.verify_url), href=text.verify_url)),
        (DIGEST, element("code", digest_groups(text.digest))),
    )
    steps = [element("li", words) for words in (OPEN_ADDRESS, COMPARE, COMPARE_TEXT, PDF_CHECK)]
    return element(
        "section",
        element("h2", VERIFICATION, id="pruefen"),
        element("p", HOW_TO_CHECK),
        element(
            "dl", *(part for name, value in facts for part in (element("dt", name), element("dd", value)))
        ),
        element("ol", *steps, class_="steps"),
        element("h3", ATTACHED),
        element("ul", lines(_attached(each, only_in_pdf) for each in attachments), class_="files"),
        class_="check",
    )


def _breakable(address: str) -> Markup:
    """Lines may end after a slash."""
    return Markup(f"/{element('wbr')}".join(joined([piece]) for piece in address.split("/")))


def _attached(file: Attachment, only_in_pdf: Sequence[str]) -> Markup:
    if file.name in only_in_pdf:
        return element(
            "li", element("span", file.description), element("small", f"{file.name} · {IN_THE_PDF}")
        )
    data = base64.b64encode(file.data).decode()
    size = SIZE.format(kilobytes=max(1, round(len(file.data) / 1024)))
    link = element("a", file.description, href=f"data:{file.mime};base64,{data}", download=file.name)
    return element("li", link, element("small", f"{file.name} · {size}"))
