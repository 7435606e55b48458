"""What other sites paste to show the list in a frame, or the counter."""

from __future__ import annotations

from html import escape

from server.web.release.public.state import Published

WIDTH, HEIGHT = 600, 480
"""Pixels of the list's frame."""


def frame_code(page: Published, address: str, width: int = WIDTH) -> str:
    """`address`: the public page's."""
    title = escape(page.declaration.title)
    return (
        f'<iframe src="{address}/einbetten" title="{title}" width="{width}" height="{HEIGHT}" '
        'loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )


def counter_code(page: Published, address: str) -> str:
    title = escape(page.declaration.title)
    return f'<a href="{address}"><img src="{address}/zaehler.svg" alt="{title}"></a>'
