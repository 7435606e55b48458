"""Where a link may lead after signing in."""

from __future__ import annotations

import pytest

from server.domain.addresses import safe_path


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/declarations/x/sign?municipality=1", "/declarations/x/sign?municipality=1"),
        ("/" + "a" * 499, "/" + "a" * 499),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("evil", "/"),
        ("", "/"),
        ("/a\nb", "/"),
        ("/" + "a" * 500, "/"),
    ],
)
def test_a_link_never_leads_to_another_site(path: str, safe: str) -> None:
    assert safe_path(path) == safe
