"""Keys that the editor and the pages know, as the client binds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.web.sentences.messages import N_


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`keys` as the client's keymap names them, with "-" between; Mod is Ctrl, or ⌘ on a Mac. `also`: other
    keys that do it. `goes_with`: keys that the label speaks of."""

    keys: str
    label: str
    also: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = ()


SHORTCUTS: Final = (
    Shortcut("Mod-b", N_("bold")),
    Shortcut("Mod-i", N_("italic")),
    Shortcut("Mod-k", N_("set a link")),
    Shortcut("Mod-z", N_("take back your last step")),
    Shortcut("Mod-y", N_("bring it back"), also=("Mod-Shift-z",)),
    Shortcut("Mod-Shift-e", N_("switch suggesting on or off")),
    Shortcut(
        "Alt-ArrowDown", N_("to the next open point, with ↑ to the one before"), goes_with=("Alt-ArrowUp",)
    ),
    Shortcut("Mod-Alt-Enter", N_("accept the suggestion that you are at, or resolve the comment")),
    Shortcut("Mod-Alt-Backspace", N_("reject it")),
    Shortcut("Mod-Alt-r", N_("answer to the suggestion or comment that you are at")),
    Shortcut("Mod-Alt-m", N_("comment on the selection")),
    Shortcut("Mod-f", N_("find and replace"), also=("Mod-h",)),
    Shortcut(
        "Mod-g",
        N_("go to a line or clause; while you search, to the next place, with Shift to the one before"),
        goes_with=("Mod-Shift-g",),
    ),
    Shortcut("Alt-F10", N_("to the tools")),
    Shortcut("Mod-Alt-0", N_("paragraph")),
    Shortcut(
        "Mod-Alt-1",
        N_("heading of level 1, with 2 and 3 of those levels"),
        goes_with=("Mod-Alt-2", "Mod-Alt-3"),
    ),
    Shortcut(
        "Tab",
        N_("clause or bullet one level down, with Shift one up; elsewhere, and after Esc, out of the text"),
        goes_with=("Shift-Tab",),
    ),
    Shortcut("Shift-Enter", N_("new line in the same paragraph"), also=("Mod-Enter",)),
    Shortcut("?", N_("this list, while the caret is not in a field or in the text")),
)
