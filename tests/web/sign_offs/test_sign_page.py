"""The mayor's page: read, see what has changed, sign; and what was signed, afterwards."""

from __future__ import annotations

from server.domain.people.mandates import MandateKind
from server.storage.declarations import seeding
from tests.web.site import HOME, Site
from tests.world import LAHR, OFFENBURG

SIGN = f"{HOME}/sign"
PEOPLE = "doris gustav clara anna ben emil frank nobody"
MAYORS_ONLY = dict.fromkeys(("clara", "anna", "ben", "emil"), 403) | {"frank": 404, "nobody": 303}


def test_it_is_for_signatories_in_every_phase(site: Site) -> None:
    mayors = dict.fromkeys(("doris", "gustav"), 200)
    assert site.statuses(SIGN, PEOPLE) == mayors | MAYORS_ONLY
    site.world.freeze()
    assert site.statuses(SIGN, PEOPLE) == mayors | MAYORS_ONLY


def test_before_the_first_revision_there_is_nothing_to_sign(site: Site) -> None:
    page = site.visitor("doris").open(SIGN)
    assert page.heading == "Zurzeit gibt es nichts zu zeichnen"
    assert page.main_links == [(HOME, "Zur Erklärung")]


def test_the_page_shows_the_text_and_the_words_that_are_signed(site: Site) -> None:
    revision = site.world.freeze()
    page = site.visitor("doris").open(SIGN)
    assert page.heading == "Mitzeichnung für Offenburg"
    assert "Wir handeln gemeinsam." in page.text
    assert "Offenburg" in page.text
    assert "Doris, Oberbürgermeisterin" in page.text
    assert revision.digest in page.text.replace(" ", "")
    assert page.hidden_fields["digest"] == revision.digest
    assert "Geändert seit" not in page.text


def test_one_button_sets_up_the_passkey_and_signs(site: Site) -> None:
    site.world.freeze()
    first = site.visitor("doris").open(SIGN)
    assert first.main_buttons == ["Mit Fingerabdruck, Gesicht oder PIN zeichnen"]
    assert 'data-setup-begin="/passkeys/begin"' in first.source
    site.world.authenticator("doris")
    later = site.visitor("doris").open(SIGN)
    assert later.main_buttons == first.main_buttons
    assert "data-setup-begin" not in later.source
    assert "Mit Code per E-Mail zeichnen" in later.text


def test_whoever_has_lost_a_passkey_can_set_up_another(site: Site) -> None:
    site.world.freeze()
    site.world.authenticator("doris")
    page = site.visitor("doris").open(SIGN)
    assert "Anderes Gerät, Gerät verloren oder Sicherheitsschlüssel?" in page.text
    assert "Passkey einrichten" in page.text


def test_after_signing_the_page_shows_what_was_signed(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    page = site.visitor("doris").open(SIGN)
    assert page.heading == "Sie haben für Offenburg gezeichnet."
    assert "Ich zeichne die Erklärung." in page.text
    assert "17. Juni 2026, 12:00 Uhr" in page.text
    assert page.main_links == []
    assert f"{HOME}/revisions/1" in page.links
    site.world.seal()
    assert site.visitor("doris").open(SIGN).heading == "Sie haben für Offenburg gezeichnet."
    assert site.visitor("gustav").open(SIGN).heading == "Zurzeit gibt es nichts zu zeichnen"


def test_after_a_new_revision_only_the_change_has_to_be_read(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.reopen()
    assert site.visitor("doris").open(SIGN).status == 200
    site.world.write("Ganz neu: ")
    site.world.freeze()
    page = site.visitor("doris").open(SIGN)
    assert "Geändert seit Ihrer letzten Antwort" in page.text
    assert "galt Fassung 1." in page.text
    assert "hinzugefügt: Ganz neu:" in page.text
    assert page.main_buttons == ["Wieder zeichnen"]
    assert "Geändert seit" not in site.visitor("gustav").open(SIGN).text


def test_who_binds_two_municipalities_signs_for_one_after_the_other(site: Site) -> None:
    doris = site.world.person("doris")
    site.write(
        seeding.add_mandate,
        declaration_id=1,
        person_id=doris.id,
        ags=LAHR,
        kind=MandateKind.DEPUTY,
        title="Stellvertreterin",
        since=site.world.time,
    )
    site.world.freeze()
    visitor = site.visitor("doris")
    assert "In Vertretung zeichne ich für" in visitor.open(f"{SIGN}?municipality={LAHR}").text
    site.world.sign_with_passkey("doris")  # with the first of her mandates, in the document's order
    signed = visitor.open(f"{SIGN}?municipality={LAHR}")
    assert "Sie zeichnen außerdem für Offenburg" in signed.text
    assert signed.main_links == [(f"{SIGN}?municipality={OFFENBURG}", "Lesen und zeichnen")]


def test_nobody_signs_for_a_municipality_that_is_not_theirs(site: Site) -> None:
    site.world.freeze()
    for ags in (LAHR, "00000000", "x"):
        page = site.visitor("doris").open(f"{SIGN}?municipality={ags}")
        assert page.status == 403
        assert "Dazu sind Sie nicht berechtigt." in page.text
