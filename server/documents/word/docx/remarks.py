"""Comments of a DOCX: who said what, and which answers which.

Word keeps the thread in `commentsExtended`, by the id of a comment's last paragraph.
"""

from __future__ import annotations

from server.documents.word.container import Element
from server.documents.word.docx.names import W14, W15, local, read_time, value, w
from server.documents.word.threads import MAX_REMARKS, Said
from server.domain.text.files.manuscript import MAX_REMARK, Remark, clean_name


def read_comments(comments: Element | None, extended: Element | None) -> dict[str, Said]:
    """By their id in the file."""
    found = [] if comments is None else comments.findall(w("comment"))[:MAX_REMARKS]
    by_paragraph = {
        paragraph: value(comment, "id")
        for comment in found
        for last in comment.findall(w("p"))[-1:]
        if (paragraph := last.get(f"{{{W14}}}paraId"))
    }
    parents: dict[str, str] = {}
    done: set[str] = set()
    for entry in [] if extended is None else extended:
        key = by_paragraph.get(entry.get(f"{{{W15}}}paraId") or "")
        if key is None:
            continue
        parents[key] = by_paragraph.get(entry.get(f"{{{W15}}}paraIdParent") or "", "")
        if entry.get(f"{{{W15}}}done") in ("1", "true"):
            done.add(key)
    said = {}
    for comment in found:
        key = value(comment, "id")
        remark = Remark(
            mark=key,
            author=clean_name(value(comment, "author")),
            at=read_time(value(comment, "date")),
            words=_words(comment),
            resolved=key in done,
        )
        said[key] = Said(remark, parents.get(key, ""))
    return said


def _words(comment: Element) -> str:
    lines = []
    for paragraph in comment.findall(w("p")):
        pieces = []
        for element in paragraph.iter():
            if local(element) == "t":
                pieces.append(element.text or "")
            elif local(element) in ("br", "cr", "tab"):
                pieces.append(" ")
        lines.append("".join(pieces))
    return "\n".join(lines).strip()[:MAX_REMARK]
