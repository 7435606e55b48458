"""The declaration for machines: schema.org as JSON-LD.

schema.org has no type for declarations or signatories: it is a `DigitalDocument`, and who stands behind it
an `EndorseAction`.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.domain.sign_offs.statements import GivenAnswer, timestamp
from server.storage.release.signed import Signed
from server.web.release.public.state import Published


def structured(page: Published, base_url: str, town_names: Mapping[str, str]) -> dict[str, object]:
    """`town_names`: by official key, with the kind ("Stadt Kehl")."""
    declaration, final = page.declaration, page.final
    address = f"{base_url}/e/{declaration.slug}"
    return {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "@id": address,
        "url": address,
        "name": declaration.title,
        "author": {"@type": "Organization", "name": declaration.issuer},
        "datePublished": timestamp(page.released_at),
        "dateModified": timestamp(page.changed_at),
        "inLanguage": "de",
        "workTranslation": [
            {"@id": f"{address}/{each.language.tag}", "inLanguage": each.language.tag}
            for each in page.translations
        ],
        **_status(page, address),
        "version": str(page.revision.number),
        "identifier": final.short_code,
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{address}/erklaerung.pdf",
            "encodingFormat": "application/pdf",
            "contentSize": f"{final.size} B",
            "sha256": final.pdf_digest,
        },
        "potentialAction": [each for row in page.rows for each in endorsements(row, town_names)],
    }


def _status(page: Published, address: str) -> dict[str, object]:
    """Errata as schema.org has them, and what became of what is withdrawn."""
    errata = [
        {"@type": "CorrectionComment", "text": each.draft.reason, "url": f"{address}#{each.anchor}"}
        for each in page.errata
    ]
    return {
        **({"correction": errata} if errata else {}),
        **({"creativeWorkStatus": "Withdrawn"} if page.withdrawal else {}),
    }


def endorsements(row: Signed, town_names: Mapping[str, str]) -> list[dict[str, object]]:
    """One for each who signed: two of a municipality may do so jointly. Their object is what they are a
    potential action of."""
    works_for = {"@type": "GovernmentOrganization", "name": town_names[row.town.ags]}
    return [_endorsement(given, works_for) for given in row.given]


def _endorsement(given: GivenAnswer, works_for: Mapping[str, str]) -> dict[str, object]:
    who = given.signatory
    agent = {"@type": "Person", "name": who.name, "jobTitle": who.title, "worksFor": works_for}
    return {"@type": "EndorseAction", "agent": agent, "startTime": timestamp(given.at)}
