"""The pages of private drafts: who sees which, and what they say."""

from __future__ import annotations

from server.actions.text.branches.sharing import share_branch
from tests.branches import begin, propose, take_out
from tests.web.site import HOME, Site
from tests.world import SLUG


def test_a_draft_is_begun_prepared_and_shared_on_its_pages(site: Site) -> None:
    anna, clara = site.visitor("anna"), site.visitor("clara")
    listed = anna.open(f"{HOME}/branches")
    assert listed.heading == "Private Entwürfe"
    begun = anna.send(f"{HOME}/branches", name="Digitalpakt", **{"for": "office"})
    branch = int(begun.location.rsplit("/", 1)[1])
    propose(site.world, branch, "Neu. ")
    assert "1 Vorschlag, noch nicht geteilt" in anna.open(begun.location).text
    assert "Digitalpakt" in anna.open(f"{HOME}/branches").text
    assert "Digitalpakt" not in clara.open(f"{HOME}/branches").text
    for page in ("", "/share"):
        assert clara.open(f"{HOME}/branches/{branch}{page}").status == 404
    anna.open(f"{HOME}/branches/{branch}/share")
    shared = anna.send(f"{HOME}/branches/{branch}/share", note="Für Dienstag")
    assert shared.location == f"{HOME}/edit"
    assert anna.open(begun.location).status == 404
    page = clara.open(f"{HOME}/branches").text
    assert "Offenburg" in page
    assert "1 von 1 offen" in page
    assert "Für Dienstag" in page
    (batch,) = clara.open(f"{HOME}/batches").data["batches"]
    assert (batch["name"], batch["who"], batch["kept"]) == ("Digitalpakt", "Offenburg", False)
    clara.send(f"{HOME}/branches/{branch}/put-off")
    assert "1 Vorschlag für die nächste Runde zurückgestellt" in clara.open(f"{HOME}/branches").text
    assert "Alle Vorschläge sind entschieden" not in clara.open(HOME).text


def test_while_the_text_is_fixed_a_draft_can_be_read_only_and_says_so(site: Site) -> None:
    anna = site.visitor("anna")
    branch = begin(site.world)
    propose(site.world, branch, "Neu. ")
    site.world.freeze()
    page = anna.open(f"{HOME}/branches/{branch}")
    assert page.status == 200
    assert '"suggest":false' in page.source.replace(" ", "")
    assert anna.open(f"{HOME}/branches/{branch}/share").status == 409
    assert "bleiben erhalten" in anna.open(f"{HOME}/branches").text


def test_the_list_says_what_became_of_a_batch(site: Site) -> None:
    anna, clara = site.visitor("anna"), site.visitor("clara")
    branch = begin(site.world)
    ids = [propose(site.world, branch, f"Neu {number}. ", client=number) for number in (91, 92, 93)]
    site.world.run(
        share_branch(
            site.world.services, actor=site.world.person("anna"), slug=SLUG, branch_id=branch, note=""
        )
    )
    assert "3 von 3 offen" in anna.open(f"{HOME}/branches").text
    take_out(site.world, ids[0])
    take_out(site.world, ids[1])
    clara.open(f"{HOME}/branches")
    said = {"verdict": "rejected", "person": 0, "municipality": "", "words": ""}
    assert clara.post_json(f"{HOME}/decisions", decisions=[{"suggestion": ids[0], **said}]).status == 204
    page = anna.open(f"{HOME}/branches")
    assert "1 abgelehnt, 1 von 3 offen, 1 nicht mehr im Text" in page.text
    clara.open(f"{HOME}/branches")
    clara.send(f"{HOME}/branches/{branch}/put-off")
    assert "1 Vorschlag für die nächste Runde zurückgestellt" in anna.open(f"{HOME}/branches").text
    take_out(site.world, ids[2])
    assert "alles entschieden: 0 übernommen, 1 abgelehnt, 2 nicht mehr im Text" in " ".join(
        anna.open(f"{HOME}/branches").text.split()
    )
