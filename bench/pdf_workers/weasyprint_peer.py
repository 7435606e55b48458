"""The same text as HTML through WeasyPrint, tagged, without a seal; speaks as `ours.py` does."""

from __future__ import annotations

import html
import json
import resource
import sys
import time
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

FACES = (("Noto Serif", "Serif"), ("Noto Sans", "Sans"))
CUTS = (("Regular", "normal"), ("Bold", "bold"))


def main(path: str, fonts: str) -> None:
    source = json.loads(Path(path).read_text(encoding="utf-8"))
    page, style = markup(source), css(fonts)
    for _ in sys.stdin:
        began, spent = time.perf_counter(), time.process_time()
        configuration = FontConfiguration()
        sheet = CSS(string=style, font_config=configuration)
        document = HTML(string=page).render(stylesheets=[sheet], font_config=configuration)
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
        answer = {
            "seconds": time.perf_counter() - began,
            "rendering": time.perf_counter() - began,
            "cpu": time.process_time() - spent,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "bytes": len(pdf),
            "pages": len(document.pages),
        }
        print(json.dumps(answer), flush=True)


def markup(source: dict[str, list[list[object]]]) -> str:
    rows = "".join(
        f"<tr><th scope=row>{html.escape(town)}</th><td>{html.escape(name)}<br><small>{title}</small></td>"
        "<td>Passkey<br><small>17.06.2027, 18:00 Uhr</small></td></tr>"
        for _, town, _, name, title in source["signatories"]
    )
    body = "".join(block(*parts) for parts in source["blocks"])
    head = "<thead><tr><th>Kommune<th>Name und Amtsbezeichnung<th>Mitgezeichnet</tr></thead>"
    return (
        "<!doctype html><html lang=de><head><title>Erklärung</title></head><body>"
        f"{body}<h2>Mitzeichnende</h2><table>{head}<tbody>{rows}</tbody></table></body></html>"
    )


def block(kind: str, level: int, text: str, number: str) -> str:
    said = html.escape(text)
    if kind == "heading":
        return f"<h{level}>{said}</h{level}>"
    if kind in ("clause", "bullet"):
        return f"<p class=item><b>{html.escape(number or '•')}</b> {said}</p>"
    return f"<p>{said}</p>"


def css(fonts: str) -> str:
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight};"
        f" src: url(file://{fonts}/Noto{name}-{cut}.ttf) }}"
        for family, name in FACES
        for cut, weight in CUTS
    )
    return faces + (
        "@page { size: A4; margin: 30mm 25mm 27mm;"
        " @bottom-right { content: 'Seite ' counter(page) ' von ' counter(pages); font-size: 7.5pt } }"
        " body { font: 10.5pt/1.5 'Noto Serif'; hyphens: auto; text-align: left }"
        " p.item { padding-left: 8mm; text-indent: -8mm }"
        " table { width: 100%; border-collapse: collapse } tr { break-inside: avoid }"
        " td, th { text-align: left; padding: 5pt 8pt 5pt 0; border-bottom: .4pt solid #999 }"
        " small { font: 8pt 'Noto Sans' }"
    )


if __name__ == "__main__":
    main(sys.argv[1], str(Path(sys.argv[2]).resolve()))
