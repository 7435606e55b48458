"""What the edition says beside the words of the document itself, in German as that is."""

from __future__ import annotations

from typing import Final

HOW_TO_CHECK: Final = (
    "Diese Seite gibt den Wortlaut und die Mitzeichnungen der ausgefertigten Erklärung zum Lesen wieder. Sie "
    "trägt selbst kein Siegel: Das elektronische Siegel und seine Zeitstempel stehen in der PDF-Datei."
)
OPEN_ADDRESS: Final = (
    "Öffnen Sie die Prüfadresse. Dort stehen die Prüfsumme der PDF-Datei und die Prüfsumme dieser HTML-Datei."
)
COMPARE: Final = (
    "Bilden Sie die Prüfsumme (SHA-256) der Datei, die Sie haben, und vergleichen Sie beide: unter Windows "
    "mit „certutil -hashfile DATEI SHA256“, unter macOS mit „shasum -a 256 DATEI“, unter Linux mit "
    "„sha256sum DATEI“."
)
COMPARE_TEXT: Final = (
    "Die Prüfsumme des Wortlauts oben ist die, der die Kommunen zugestimmt haben. Sie ist die Prüfsumme der "
    "beigefügten Datei „erklaerung.json“ und steht ebenso in der PDF-Datei."
)
PDF_CHECK: Final = "Die PDF-Datei prüfen Sie unter der Prüfadresse im Ganzen: Siegel, Seiten, Nachweise."
ATTACHED: Final = "Beigefügte Nachweise"
IN_THE_PDF: Final = "Liegt nur der PDF-Datei bei"
TOWN: Final = "Kommune"
SIGNED_FOR_IT: Final = "Für sie unterzeichnet"
SIZE: Final = "{kilobytes} KB"
