"""What everybody reads: page, files, feed, API, embeds."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from datetime import timedelta
from xml.etree import ElementTree

import pytest
import schemathesis
from openapi_spec_validator import validate

from server.domain.sign_offs.answers import Answer
from server.web.http.kept.feeds import FRESH, Feeds, feed_of
from server.web.http.kept.quick import MARK, QuickAnswers
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.web.site import Site
from tests.world import LAHR, OFFENBURG, SLUG

E = f"/e/{SLUG}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def public(site: Site) -> Site:
    world = site.world
    world.freeze()
    world.sign_with_passkey("doris")
    world.answer("gustav", Answer.SIGNS_WITH_STATEMENT, "Nur mit <Hilfe> des Landes.")
    set_hour(world, HOUR)
    world.seal()
    world.time = HOUR
    return site


def test_the_page_is_the_same_for_everybody_and_needs_no_script(public: Site) -> None:
    page, signed_in = public.visitor().open(E), public.visitor("clara").open(E)
    assert page.source == signed_in.source
    assert "set-cookie" not in page.headers
    scripts = re.findall(r"<script[^>]*>", page.source)
    assert scripts == ['<script type="application/ld+json">']
    assert "Nur mit &lt;Hilfe&gt; des Landes." in page.source
    assert f'id="k-{OFFENBURG}"' in page.source
    assert f'id="k-{LAHR}"' in page.source


def test_statements_and_their_municipalities_refer_to_each_other(public: Site) -> None:
    source = public.visitor().open(E).source
    assert 'href="#erklaerung-1"' in source
    assert 'id="erklaerung-1"' in source
    assert source.count(f'href="#k-{LAHR}"') == 2  # the map's square, and the statement


def test_a_validator_saves_sending_it_again(public: Site) -> None:
    first = public.visitor().open(E)
    again = public.visitor().open(E, If_None_Match=first.headers["etag"])
    assert (again.status, again.source) == (304, "")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=30"


def test_the_pdf_is_the_sealed_file_and_names_its_digest(public: Site) -> None:
    final = public.world.seal()
    visitor = public.visitor()
    response = public.world.run(visitor._client.get(f"{E}/erklaerung.pdf"))
    assert response.content == final.pdf
    assert response.headers["etag"] == f'"{hashlib.sha256(final.pdf).hexdigest()}"'
    assert response.headers["repr-digest"] == response.headers["content-digest"]
    assert response.headers["repr-digest"].startswith("sha-256=:")


def test_the_sealed_revision_keeps_its_address(public: Site) -> None:
    fixed = public.visitor().open(f"{E}/fassung/1")
    assert 'rel="latest-version"' in fixed.headers["link"]
    assert fixed.headers["memento-datetime"] == "Thu, 18 Jun 2026 09:00:00 GMT"


def test_data_for_machines_name_text_file_and_signatories(public: Site) -> None:
    source = public.visitor().open(E).source
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', source, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert data["encoding"]["sha256"] == public.world.seal().pdf_digest
    assert [action["agent"]["name"] for action in data["potentialAction"]] == ["Gustav", "Doris"]
    for name in ("og:title", "og:image", "og:url", "og:description"):
        assert f'property="{name}"' in source


def test_the_feed_has_a_lasting_id_and_the_release(public: Site) -> None:
    feed = ElementTree.fromstring(public.visitor().open(f"{E}/feed.atom").source)
    assert feed.findtext(f"{ATOM}id") == f"tag:localhost,2026-06-18:e/{SLUG}"
    assert [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")] == [
        "2026-06-18T09:00:00Z"
    ]


def test_the_picture_beside_a_link_has_the_size_it_says(public: Site) -> None:
    response = public.world.run(public.visitor()._client.get(f"{E}/bild.png"))
    assert response.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", response.content[16:24]) == (1200, 630)


def test_names_as_a_table_cannot_be_taken_for_formulas(public: Site) -> None:
    text = public.visitor().open(f"{E}/namen.csv").source
    assert text.startswith("\ufeff")
    assert '"Doris";"Oberbürgermeisterin"' in text


def test_the_embeds_may_be_framed_and_nothing_else_may(public: Site) -> None:
    embed, page = public.visitor().open(f"{E}/einbetten"), public.visitor().open(E)
    assert "frame-ancestors *" in embed.headers["content-security-policy"]
    assert "x-frame-options" not in embed.headers
    assert embed.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in embed.source
    assert page.headers["x-frame-options"] == "DENY"
    counter = public.visitor().open(f"{E}/zaehler.svg")
    assert counter.headers["cross-origin-resource-policy"] == "cross-origin"
    assert ">2</text>" in counter.source


def test_other_sites_learn_how_to_frame_the_list(public: Site) -> None:
    source = public.visitor().open(E).source
    found = re.search(r'type="application/json\+oembed" href="http://localhost:8000([^"]+)"', source)
    assert found is not None
    for query, width in (
        ("", 600),
        ("?maxwidth=320&format=json", 320),
        ("?maxwidth=5", 200),
        ("?maxwidth=x", 600),
    ):
        said = public.visitor().open(found[1] + query).data
        assert (said["version"], said["type"], said["width"]) == ("1.0", "rich", width)
        assert f'src="http://localhost:8000{E}/einbetten"' in said["html"]
        assert f'width="{width}"' in said["html"]
    assert f"&lt;iframe src=&#34;http://localhost:8000{E}/einbetten&#34;" in source


def test_the_api_says_what_its_description_says(public: Site) -> None:
    visitor = public.visitor()
    description = visitor.open("/api/v1/openapi.json").data
    validate(description)
    schema = schemathesis.openapi.from_dict(description)
    for path, status in (
        ("declarations", 200),
        (f"declarations/{SLUG}", 200),
        ("declarations/gibt-es-nicht", 404),
    ):
        answer = public.world.run(visitor._client.get(f"/api/v1/{path}"))
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == "*"
        template = "/api/v1/declarations" if path == "declarations" else "/api/v1/declarations/{slug}"
        schema[template]["GET"].validate_response(answer)
    whole = visitor.open(f"/api/v1/declarations/{SLUG}").data
    assert whole["municipalities"] == 2
    assert "@" not in json.dumps(whole)  # no address of a person
    assert visitor.open("/api/v1/etwas").data["error"] == "not_found"


def test_nobody_else_learns_of_it_before_the_hour_through_the_api(public: Site) -> None:
    public.world.time = HOUR - timedelta(seconds=1)
    assert public.visitor().open("/api/v1/declarations").data == {"declarations": []}
    assert public.visitor().open(f"/api/v1/declarations/{SLUG}").status == 404


def test_what_is_kept_for_a_rush_is_looked_up_again_after_a_second() -> None:
    now = [100.0]
    feeds = Feeds(lambda: now[0])
    quick = QuickAnswers(feeds)
    feed = feeds.keep("page", feed_of(1, b"text"))
    scope = {"method": "GET", "raw_path": E.encode(), "query_string": b"", MARK: ("page", feed)}
    quick.note(scope, {"status": 200, "headers": [(b"vary", b"Cookie")]})
    quick.note(scope, {"status": 200, "headers": [(b"set-cookie", b"a=b")]})
    quick.note(scope | {"query_string": b"lang=en"}, {"status": 200, "headers": []})
    quick.note(scope, {"status": 304, "headers": []})
    assert quick.find(E.encode(), "") is None
    quick.note(scope, {"status": 200, "headers": []})
    assert quick.find(E.encode(), "") is not None
    now[0] += FRESH
    assert quick.find(E.encode(), "") is None
    assert feeds.fresh("page") is None  # whoever comes the usual way does look
    feeds.keep("page", feed)
    feeds.look_again()
    assert quick.find(E.encode(), "") is None
    feeds.forget("page")
    assert quick.find(E.encode(), "") is None
