"""Clients of other makers: y-websocket in Node, and y-py, which carries an older Yrs."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import y_py
from pycrdt import Doc
from websockets.asyncio.client import connect

from server.sync.wire import messages
from server.sync.wire.messages import Kind
from tests.sync.served import Server
from tests.waiting import HANG

HERE = Path(__file__).parent
CLIENT = HERE.parent.parent / "client"


def test_a_y_websocket_client_joins_reads_and_writes(server: Server) -> None:
    """`npm ci` in client/ installs it."""
    assert (CLIENT / "node_modules" / "y-websocket").is_dir(), "y-websocket is missing: run npm ci in client/"
    node = shutil.which("node")
    assert node is not None, "node is missing"

    async def scenario() -> None:
        async with server.client("anna") as anna:
            anna.type("Guten Tag")
            await anna.until_saved()
            process = await asyncio.create_subprocess_exec(
                node,
                str(HERE / "stock_client.cjs"),
                str(CLIENT / "node_modules"),
                f"ws://127.0.0.1:{server.port}/ws/declarations",
                "session=ben",
                "Guten Tag",
                ", sagt Ben",
            )
            await anna.until_content("Guten Tag, sagt Ben")
            assert await asyncio.wait_for(process.wait(), HANG) == 0

    asyncio.run(scenario())


def test_a_y_py_client_joins_reads_and_writes(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna", doc=Doc(client_id=4711)) as anna:  # y-py knows 32 bits only
            anna.type("Grüß Gott")
            await anna.until_saved()
            await y_py_client(server.port, "Grüß Gott", ", sagt Ben")
            await anna.until_content("Grüß Gott, sagt Ben")

    asyncio.run(scenario())


async def y_py_client(port: int, expects: str, adds: str) -> None:
    doc = y_py.YDoc()
    text = doc.get_text("text")
    url = f"ws://127.0.0.1:{port}/ws/declarations/appell"
    async with connect(url, additional_headers={"Cookie": "session=ben"}, compression=None) as socket:
        await socket.send(messages.step_1(y_py.encode_state_vector(doc)))
        while str(text) != expects:
            frame = await asyncio.wait_for(socket.recv(), HANG)
            assert isinstance(frame, bytes)
            kind, payload = messages.decode_message(frame)
            if kind in (Kind.STEP_2, Kind.UPDATE):
                y_py.apply_update(doc, payload)
        before = y_py.encode_state_vector(doc)
        with doc.begin_transaction() as transaction:
            text.extend(transaction, adds)
        await socket.send(messages.update_frame(y_py.encode_state_as_update(doc, before)))
