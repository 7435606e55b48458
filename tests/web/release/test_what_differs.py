"""The report page says which part of the pages differs, in the reader's language."""

from __future__ import annotations

from tests.browser_check.sealed_files import unsealed
from tests.dossier.forged_pages import forge, other_clause
from tests.web.site import Site


def test_the_block_is_named_in_words(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    pdf = forge(unsealed(site.world), other_clause)
    said = {"de": "Absatz 3: Auf den Seiten steht „Zäune aus.“", "en": "Block 3: the pages say “Zäune aus.”"}
    frank = site.visitor()
    for language, sentence in said.items():
        frank.open(f"/verify?lang={language}")
        report = frank.send("/verify", files={"pdf": ("e.pdf", pdf, "application/pdf")})
        assert sentence in report.text
        assert report.text.index(sentence) < report.text.index(
            {"de": "Angaben der Datei", "en": "What the file says"}[language]
        )
