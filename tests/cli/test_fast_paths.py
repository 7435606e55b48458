"""Each fast path can be switched off by the setting."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import uvicorn

from server.app import build_services
from server.cli import serve
from server.cli.migrate import upgrade
from server.domain.text.update_log import LogAppend
from server.settings import BadSettings, FastPath, Settings, read_fast_paths, read_settings
from server.web.live.protocol import LiveProtocol
from tests.storage.engine.test_quick_commits import make_declaration


def settings_with(folder: Path, paths: str) -> Settings:
    return read_settings({"KRAFTAKT_DATA": str(folder), "KRAFTAKT_FAST_PATHS": paths})


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", set(FastPath)),
        ("none", set()),
        ("commits", {FastPath.COMMITS}),
        (" sockets ,commits", {FastPath.COMMITS, FastPath.SOCKETS}),
    ],
)
def test_the_setting_names_those_that_stay_on(text: str, paths: set[FastPath]) -> None:
    assert read_fast_paths(text) == paths


@pytest.mark.parametrize("text", ["no", "commits,socket", "none,commits"])
def test_an_unknown_name_is_refused_with_the_known_ones(text: str) -> None:
    with pytest.raises(BadSettings, match="commits, sockets"):
        read_fast_paths(text)


@pytest.mark.parametrize(("paths", "at_once"), [("commits", True), ("sockets", False)])
def test_commits_on_the_event_loop_can_be_switched_off(tmp_path: Path, paths: str, *, at_once: bool) -> None:
    settings = settings_with(tmp_path, paths)
    upgrade(settings.database)
    make_declaration(tmp_path / "kraftakt.db")
    batch = [LogAppend(1, (b"a key",))]

    async def scenario() -> bool:
        services = build_services(settings)
        log = services.update_log
        took = [log.append_at_once(batch) for _ in range(2)]
        assert not await log.append(batch)
        assert len((await log.load(1)).updates) == 1 + sum(took)
        await services.close()
        return any(took)

    assert asyncio.run(scenario()) is at_once


@pytest.mark.parametrize(("paths", "direct"), [("sockets", True), ("commits", False)])
def test_sockets_past_asgi_can_be_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: str, *, direct: bool
) -> None:
    ran: list[uvicorn.Server] = []

    def run(server: uvicorn.Server) -> None:
        server.started = True
        ran.append(server)

    monkeypatch.setattr(uvicorn.Server, "run", run)
    serve.run_server(settings_with(tmp_path, paths))
    config = ran[0].config
    config.load()
    assert issubclass(config.ws_protocol_class, LiveProtocol) is direct
    assert (config.ws_ping_interval is None) is direct, "somebody looks after the sockets in any case"
