"""Other systems are told by HTTP: signed, thin, nothing before the hour, once, again after a failure, and
never into a private network. Receivers are real servers; the library of Standard Webhooks judges."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from standardwebhooks import Webhook as Judge
from standardwebhooks import WebhookVerificationError

from server.actions.release.opening import open_due
from server.actions.webhooks import subscribing
from server.actions.webhooks.client import MAX_ANSWER, WebhookClient
from server.actions.webhooks.delivery import deliver_due
from server.domain.webhooks.addresses import (
    BadWebhookAddress,
    PrivateWebhookAddress,
    TooManyWebhooks,
    WebhookRedirects,
    is_reachable,
)
from server.domain.webhooks.signing import PATIENCE
from server.storage.release.webhooks import Delivery, read_deliveries, read_webhooks
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.world import SLUG, World


class Receiver(ThreadingHTTPServer):
    """Keeps what it was sent; answers with `status`, in a redirect to `elsewhere`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.elsewhere, self.answer = 204, "", b""
        self.taken: list[tuple[dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"

    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.taken]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.status)
        if self.server.elsewhere:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def near(world: World) -> World:
    """The operator allows private addresses."""
    world.services = replace(world.services, webhook_client=WebhookClient(allow_private=True))
    return world


def add(world: World, address: str) -> str:
    """Its secret."""
    made = world.run(
        subscribing.add_webhook(world.services, actor=world.person("clara"), slug=SLUG, address=address)
    )
    return made.secret


def deliver(world: World) -> int:
    return world.run(deliver_due(world.services))


def deliveries(world: World) -> list[Delivery]:
    """Of the first webhook, newest first."""
    return world.ask(read_deliveries, 1)


def test_messages_are_signed_and_say_nothing_before_the_hour(near: World, receiver: Receiver) -> None:
    secret = add(near, receiver.address)
    near.freeze()
    near.sign_with_passkey("doris")
    near.sign_with_passkey("gustav")
    set_hour(near, HOUR)
    near.seal()
    deliver(near)
    assert receiver.kinds() == [
        "webhook.test", "declaration.changed", "answers.changed", "answers.changed", "declaration.changed",
    ]  # fmt: skip
    for _, body in receiver.taken:
        assert json.loads(body)["data"] == {}
        assert SLUG.encode() not in body
    near.time = HOUR
    near.run(open_due(near.services))
    deliver(near)
    headers, body = receiver.taken[-1]
    said = json.loads(body)
    assert (said["type"], said["data"]["declaration"]) == ("declaration.published", SLUG)
    judge = Judge(secret)
    headers["webhook-timestamp"], at = _now_instead(judge, headers, body)
    judge.verify(body, at)
    with pytest.raises(WebhookVerificationError):
        judge.verify(body + b" ", at)
    assert len({headers["webhook-id"] for headers, _ in receiver.taken}) == len(receiver.taken)


def _now_instead(judge: Judge, headers: dict[str, str], body: bytes) -> tuple[str, dict[str, str]]:
    """The judge refuses old messages and the test's clock is not the judge's: the library's own signature of
    that moment must be the one that was sent, and with that known its check is asked for the present."""
    sent = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    assert judge.sign(headers["webhook-id"], sent, body.decode()) == headers["webhook-signature"]
    now = datetime.now(UTC)
    signature = judge.sign(headers["webhook-id"], now, body.decode())
    fresh = {"webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    return headers["webhook-timestamp"], headers | fresh


def test_a_failure_is_tried_again_with_the_same_id_and_noted(near: World, receiver: Receiver) -> None:
    add(near, receiver.address)
    receiver.status = 503
    near.freeze()
    assert deliver(near) == 1
    assert deliver(near) == 0  # not yet
    [first] = deliveries(near)
    assert (first.status, first.attempts, first.ended_at) == (503, 1, None)
    near.wait(seconds=6)
    receiver.status = 200
    assert deliver(near) == 1
    [now] = deliveries(near)
    assert (now.status, now.attempts, now.is_delivered) == (200, 2, True)
    ids = [headers["webhook-id"] for headers, _ in receiver.taken[1:]]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    clara = near.person("clara")
    near.run(subscribing.send_again(near.services, actor=clara, slug=SLUG, webhook_id=1, delivery_id=now.id))
    near.run(subscribing.send_test(near.services, actor=clara, slug=SLUG, webhook_id=1))
    assert deliver(near) == 2
    assert receiver.taken[-2][0]["webhook-id"] == ids[0]


def test_two_processes_send_a_message_once(near: World, receiver: Receiver) -> None:
    add(near, receiver.address)
    near.freeze()

    other = replace(near.services, process="f" * 16)

    async def both() -> list[int]:
        return await asyncio.gather(deliver_due(near.services), deliver_due(other))

    assert sum(near.run(both())) == 1
    assert receiver.kinds() == ["webhook.test", "declaration.changed"]


def test_after_days_of_failure_it_is_switched_off_and_the_coordination_is_told(
    near: World, receiver: Receiver
) -> None:
    add(near, receiver.address)
    receiver.status = 500
    near.freeze()
    deliver(near)
    for _ in range(12):
        near.wait(seconds=PATIENCE.total_seconds() / 10)
        deliver(near)
    [hook] = near.ask(read_webhooks, 1)
    assert hook.disabled_at is not None
    told = [letter.recipient for letter in near.letters if "Webhook abgeschaltet" in letter.subject]
    assert told == ["clara@example.org"]
    sent = len(receiver.taken)
    near.reopen()
    assert deliver(near) == 0
    near.run(subscribing.enable_webhook(near.services, actor=near.person("clara"), slug=SLUG, webhook_id=1))
    receiver.status = 410
    near.freeze()
    deliver(near)
    assert len(receiver.taken) == sent + 1
    assert near.ask(read_webhooks, 1)[0].disabled_at is not None  # the receiver wants no more


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://10.1.2.3/", "https://0.0.0.0/",
        "https://169.254.169.254/latest/meta-data/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/",
        "https://[64:ff9b::7f00:1]/", "https://2130706433/", "https://100.100.100.200/", "https://[fd00:ec2::254]/",
    ],
)  # fmt: skip
def test_a_private_address_is_refused_and_nothing_is_stored(world: World, address: str) -> None:
    with pytest.raises(PrivateWebhookAddress):
        add(world, address)
    assert world.ask(read_webhooks, 1) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://a:b@example.org/",
        "https:///x",
        "https://example.org/#x",
    ],
)
def test_an_address_that_is_none_is_refused(world: World, address: str) -> None:
    with pytest.raises(BadWebhookAddress):
        add(world, address)


def test_a_redirect_is_not_followed(near: World, receiver: Receiver) -> None:
    receiver.status, receiver.elsewhere = 302, f"http://127.0.0.1:{receiver.server_port}/inside"
    with pytest.raises(WebhookRedirects):
        add(near, receiver.address)
    assert near.ask(read_webhooks, 1) == []
    receiver.status, receiver.elsewhere = 204, ""
    add(near, receiver.address)
    receiver.status, receiver.elsewhere = 307, "http://127.0.0.1:1/"
    near.freeze()
    sent = len(receiver.taken)
    deliver(near)
    assert len(receiver.taken) == sent + 1
    assert (deliveries(near)[0].status, deliveries(near)[0].failure) == (307, "redirect")


def test_a_name_that_changes_its_answer_leads_nowhere_else(world: World) -> None:
    """DNS rebinding: what was checked is what is connected to, and each attempt checks again."""
    answers = [["93.184.215.14"], ["93.184.215.14"], ["127.0.0.1"], ["93.184.215.14", "10.0.0.1"]]
    asked: list[str] = []

    async def resolve(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    async def take(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.host} {request.headers['host']} {request.extensions['sni_hostname']}")
        return httpx.Response(204, stream=httpx.ByteStream(b""))

    client = WebhookClient(resolve=resolve, transport=httpx.MockTransport(take))
    world.services = replace(world.services, webhook_client=client)
    add(world, "https://hooks.example.org/x")
    assert asked == ["93.184.215.14 hooks.example.org hooks.example.org"]
    world.freeze()
    deliver(world)
    assert deliveries(world)[0].failure == "private"
    world.wait(seconds=6)
    deliver(world)
    assert len(asked) == 1
    assert answers == []


def test_a_receiver_that_says_too_much_or_nothing_is_bounded(near: World, receiver: Receiver) -> None:
    receiver.answer = b"x" * (MAX_ANSWER * 4)
    receiver.status = 200
    add(near, receiver.address)
    near.freeze()
    deliver(near)
    assert deliveries(near)[0].is_delivered


def test_a_declaration_has_ten_at_most(near: World, receiver: Receiver) -> None:
    for number in range(10):
        add(near, f"{receiver.address}?{number}")
    with pytest.raises(TooManyWebhooks):
        add(near, receiver.address)


def test_the_secret_lies_in_no_table_and_in_no_log(near: World, receiver: Receiver) -> None:
    secret = add(near, receiver.address)
    stored = repr(near.ask(read_webhooks, 1))
    assert secret not in stored
    assert secret.removeprefix("whsec_") not in stored


def test_only_public_addresses_are_reachable() -> None:
    assert is_reachable("93.184.215.14", allow_private=False)
    assert is_reachable("2606:2800:21f:cb07:6820:80da:af6b:8b2c", allow_private=False)
    inner = ("168.63.129.16", "192.0.0.8", "192.88.99.1", "fec0::1", "3fff::1", "::127.0.0.1")
    assert not any(is_reachable(address, allow_private=False) for address in inner)
    assert not is_reachable("224.0.0.1", allow_private=True)
