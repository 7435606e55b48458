"""What the check of an annex adds to that of a final document."""

from __future__ import annotations

import json

from server.documents.later.annex import annex_content
from server.documents.reading.read_back import compare_with_content
from server.documents.wording import ANNEX
from server.domain.release.accessions import Annex, parse_annex
from server.domain.release.differences import Difference
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import parse_timestamp
from server.signing.checks import Check, broken, differs, proven
from server.signing.evidence.bundle_check import BundleCheck


def check_annex(pdf: bytes, facts: bytes, package: bytes, evidence: BundleCheck) -> list[Finding]:
    """`facts` is `beitritt.json`, `package` is `nachweise.json` and `evidence` what was proven of it.
    Never raises for what is in the file."""
    try:
        annex = parse_annex(facts)
        differences = compare_with_content(pdf, annex_content(annex), ANNEX)
        fits = _fits(annex, package, evidence)
    except Exception as error:  # a stranger's bytes: every fault means the same
        detail = f"The annex cannot be read ({type(error).__name__})."
        return [broken(Check.ANNEX_DECLARATION, detail)]
    return [_belongs(annex, fits=fits), _shows(differences)]


def _belongs(annex: Annex, *, fits: bool) -> Finding:
    sealed = annex.sealed
    if not fits:
        return broken(Check.ANNEX_DECLARATION, "The annex names another text or other municipalities.")
    return proven(
        Check.ANNEX_DECLARATION,
        f"Annex {annex.number} to the sealed declaration {sealed.short_code}: it names this very text, and "
        "all its sign-offs were given after the seal.",
        sealed.short_code,
    )


def _shows(differences: list[Difference]) -> Finding:
    if differences:
        return differs(Check.DOCUMENT_TEXT, "The pages do not say what the annex says", differences)
    return proven(Check.DOCUMENT_TEXT, "The pages say which declaration is joined, as the annex does.")


def _fits(annex: Annex, package: bytes, evidence: BundleCheck) -> bool:
    sealed, bundle = annex.sealed, json.loads(package)
    statements = [json.loads(item["statement"]) for item in bundle["sign_offs"]]
    about = (bundle["declaration"]["slug"], evidence.title, evidence.revision, evidence.digest)
    return (
        about == (sealed.slug, sealed.title, sealed.revision, sealed.digest)
        and tuple(s["municipality"]["ags"] for s in statements) == annex.municipalities
        and all(parse_timestamp(s["at"]) > sealed.sealed_at for s in statements)
    )
