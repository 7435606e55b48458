"""What stands beside the text of a DOCX and is not taken over: it is named by its words."""

from __future__ import annotations

from server.documents.word.container import Element
from server.documents.word.docx.names import local, value
from server.documents.word.docx.package import Package


class SideParts:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._notes: dict[tuple[str, str], str] | None = None

    def note(self, kind: str, number: str) -> str:
        """The words of a footnote or endnote."""
        if self._notes is None:
            self._notes = {
                (name, value(note, "id")): words_in(note)
                for name in ("footnote", "endnote")
                for root in self._package.parts(f"{name}s")
                for note in root
            }
        return self._notes.get((kind, number), "")

    def running_heads(self) -> list[str]:
        """Words of headers and footers, each once."""
        roots = [*self._package.parts("header"), *self._package.parts("footer")]
        return list(dict.fromkeys(words for root in roots if (words := words_in(root).strip())))


def words_in(element: Element) -> str:
    """Its text, what was deleted left out."""
    words: list[str] = []
    for part in element.iter():
        match local(part):
            case "t":
                words.append(part.text or "")
            case "p" | "tab" | "br" | "tc":
                words.append(" ")
    return " ".join("".join(words).split())
