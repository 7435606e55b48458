"""The service worker of the editor's page."""

from __future__ import annotations

from pathlib import Path

from tests.web.house import House, build_house
from tests.world import World


def test_the_worker_lies_above_the_pages_it_answers_for_and_is_asked_for_again(
    shared_world: World, tmp_path: Path
) -> None:
    (tmp_path / "editor-worker.js").write_text("self")
    built = build_house(shared_world, tmp_path).get("/editor-worker.js")
    assert built.status_code == 200
    assert built.headers["content-type"].startswith("text/javascript")
    assert built.headers["cache-control"] == "no-cache"
    assert "worker-src 'self'" in built.headers["content-security-policy"]


def test_without_a_built_client_there_is_none(house: House) -> None:
    assert house.get("/editor-worker.js").status_code == 404
