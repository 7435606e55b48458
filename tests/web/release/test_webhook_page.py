"""The page of webhooks: its secret is shown once, a bad address is a sentence, deliveries are listed."""

from __future__ import annotations

from dataclasses import replace

import httpx

from server.actions.webhooks.client import WebhookClient
from tests.web.site import HOME, Site

PAGE = f"{HOME}/webhooks"
ADDRESS = "https://hooks.example.org/x"


def test_a_webhook_is_set_up_and_its_secret_shown_once(site: Site) -> None:
    statuses = [204, 302]

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14"]

    async def take(_: httpx.Request) -> httpx.Response:
        return httpx.Response(statuses.pop(0), stream=httpx.ByteStream(b""))

    client = WebhookClient(resolve=resolve, transport=httpx.MockTransport(take))
    site.world.services = replace(site.world.services, webhook_client=client)
    site = Site(site.world)
    clara = site.visitor("clara")
    clara.open(PAGE)
    made = clara.send(PAGE, address=ADDRESS)
    assert "whsec_" in made.text
    assert "whsec_" not in clara.open(PAGE).source
    assert clara.send(f"{PAGE}/1/test").status == 303
    assert "webhook.test" in clara.open(PAGE).text
    refused = clara.send(PAGE, address="https://leads.example.org/away")
    assert refused.status == 422
    assert "Weiterleitungen wird nicht gefolgt" in refused.text
    assert "https://leads.example.org/away" in refused.source
    assert clara.send(f"{PAGE}/1/remove").status == 303
    assert ADDRESS not in clara.open(PAGE).text


def test_the_loopback_is_refused_with_a_sentence(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    refused = clara.send(PAGE, address="https://127.0.0.1/x")
    assert refused.status == 422
    assert "auf diesen Rechner" in refused.text


def test_only_the_usual_port_is_knocked_at_and_not_without_end(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    for port in (22, 8443, 65_535):
        refused = clara.send(PAGE, address=f"https://hooks.example.org:{port}/x")
        assert refused.status == 422
        assert "an den üblichen Port von https" in refused.text
    statuses = [clara.send(PAGE, address="https://127.0.0.1/x").status for _ in range(18)]
    assert statuses == [422] * 17 + [429]
