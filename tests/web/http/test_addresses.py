"""Addresses from outside lead to pages of this site only."""

from __future__ import annotations

import pytest

from server.web.http.addresses import safe_path


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/declarations/x/sign?municipality=1", "/declarations/x/sign?municipality=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("/a\nb", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_a_link_never_leads_to_another_site(path: str, safe: str) -> None:
    assert safe_path(path) == safe
