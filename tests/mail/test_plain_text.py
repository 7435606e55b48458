"""The plain text of a mail is read from its HTML."""

import pytest

from server.mail.plain_text import plain_text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Eins</p>\n<p>zwei</p>", "Eins\n\nzwei\n"),
        ("<p>Eins<br>\n  zwei</p>", "Eins\nzwei\n"),
        (
            "<p>Liste:</p><ul>\n<li>eins</li>\n<li>zwei</li></ul><p>Ende</p>",
            "Liste:\n- eins\n- zwei\n\nEnde\n",
        ),
        ("<p>Ein\n   Wort und <a href='https://a.example'>noch eines</a>.</p>", "Ein Wort und noch eines.\n"),
        ("<p>a &amp; &lt;b&gt; 5\N{NO-BREAK SPACE}km</p>", "a & <b> 5\N{NO-BREAK SPACE}km\n"),
        ("<div><p></p><p>x</p></div>", "x\n"),
    ],
)
def test_blocks_become_paragraphs(body: str, text: str) -> None:
    assert plain_text(f"<html><head><title>nein</title></head><body>{body}</body></html>") == text


def test_an_element_that_no_mail_has_is_refused() -> None:
    with pytest.raises(ValueError, match="table"):
        plain_text("<body><table></table></body>")
