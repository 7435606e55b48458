"""A change of the look raises the renderer's version: else old documents would be called altered."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pikepdf

from server.documents.render import RENDERER, render_document
from tests.documents.document_examples import crowded, files, final, large, small, starter

LOOK = {
    1: "9e1678de5446a0bda7f7327087c3c11e32ac2592d81d75f347e76b441b210a61",
    2: "f73c0be82b6874385e7d1a45a608db5b6252c434b3af2624e43a371ba1986ccf",
    3: "54ea132ef66096b0f5f6987ffbfd58b713b0dff86753ae28c9cfb8d2b57464bd",
    4: "00033e4ec7ee438a904a9f84184b53c825beaedc298fa68c8e87035cada5e577",  # with a third document
    5: "9fd1efcdad02ec6a8e18b0e5d07a66c38ca8914fccc54eb0bac1b229f7a3e4f5",
}
"""The digest of the reference documents by version. For a new look: raise `RENDERER`, and write here what the
test says."""


def _contents(pdf: bytes) -> Iterator[bytes]:
    """Everything but how streams are packed, which is no matter of ours."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            if not isinstance(item, pikepdf.Stream):
                yield item.unparse(resolved=True)
            elif item.get("/Type") not in ("/XRef", "/ObjStm"):
                kept = {k: v for k, v in item.stream_dict.items() if k not in ("/Length", "/Filter")}
                yield pikepdf.Dictionary(kept).unparse()
                yield item.read_bytes()


def test_the_look_changes_only_with_its_version() -> None:
    over = hashlib.sha256()
    for text in (small(), large(), final(starter(), crowded())):
        for part in _contents(render_document(text, files(text))):
            over.update(hashlib.sha256(part).digest())
    assert over.hexdigest() == LOOK.get(RENDERER)
