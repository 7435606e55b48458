"""A browser, a stock y-websocket client and a y-py client write in one declaration and see each other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect
from websockets.sync.client import ClientConnection, connect

from server.sync.wire import messages
from server.sync.wire.messages import Kind
from tests.story.people import Visitor
from tests.story.service import ROOT, SLUG, Service

if sys.version_info >= (3, 13):
    pytest.skip("y-py has no build for Python 3.13 and newer", allow_module_level=True)

import y_py

from tests.waiting import HANG

CLIENT = ROOT / "client"
PASSAGE = "Maßstab unseres Handelns"
FROM_ANNA, FROM_NODE, FROM_Y_PY = " (Anna)", " (Node)", " (y-py)"


def test_stock_clients_and_a_browser_see_each_others_words(browser: Browser, service: Service) -> None:
    anna, ben, clara = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben", "clara"))
    anna.open_editor()
    with stock_client(service, cookie(ben)) as node:
        assert line(node) == "added"
        expect(anna.text).to_contain_text(PASSAGE + FROM_NODE)
        assert FROM_NODE in y_py_client(service, cookie(clara))
        expect(anna.text).to_contain_text(FROM_Y_PY)
        anna.write_after(PASSAGE, FROM_ANNA)
        assert line(node) == "seen"
        assert node.wait(HANG) == 0
    assert anna.complaints == []


def cookie(visitor: Visitor) -> str:
    return "; ".join(f"{each.get('name')}={each.get('value')}" for each in visitor.context.cookies())


@contextmanager
def stock_client(service: Service, cookies: str) -> Iterator[subprocess.Popen[str]]:
    """It ends by itself once it has seen what Anna and the y-py client wrote."""
    assert (CLIENT / "node_modules" / "y-websocket").is_dir(), "y-websocket is missing: run npm ci in client/"
    address = f"{service.base.replace('http', 'ws', 1)}/ws/declarations"
    words = [PASSAGE, FROM_NODE, FROM_ANNA]
    command = [CLIENT / "node.sh", "node", ROOT / "tests" / "story" / "stock_editor.cjs"]
    process = subprocess.Popen(
        [*command, CLIENT / "node_modules", address, SLUG, cookies, *words], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def y_py_client(service: Service, cookies: str) -> str:
    """Reads the text, appends a word, and waits until the server has that. The text as y-py shows it.

    y-py cannot read formatted text as it stands; its string holds the letters all the same.
    """
    doc = y_py.YDoc()
    text = doc.get_text("text")
    address = f"{service.base.replace('http', 'ws', 1)}/ws/declarations/{SLUG}"
    with connect(address, additional_headers={"Cookie": cookies}, compression=None) as socket:
        socket.send(messages.step_1(y_py.encode_state_vector(doc)))
        _until_whole(socket, doc)
        seen = str(text)
        before = y_py.encode_state_vector(doc)
        with doc.begin_transaction() as transaction:
            text.extend(transaction, FROM_Y_PY)
        socket.send(messages.update_frame(y_py.encode_state_as_update(doc, before)))
        socket.send(messages.step_1(y_py.encode_state_vector(doc)))
        _until_whole(socket, doc)
    return seen


def _until_whole(socket: ClientConnection, doc: y_py.YDoc) -> None:
    """Until the server's answer to a step 1 has come."""
    while True:
        frame = socket.recv(HANG)
        assert isinstance(frame, bytes)
        kind, payload = messages.decode_message(frame)
        if kind in (Kind.STEP_2, Kind.UPDATE):
            y_py.apply_update(doc, payload)
        if kind is Kind.STEP_2:
            return
