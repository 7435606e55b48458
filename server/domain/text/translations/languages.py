"""The languages that a text is translated into, by BCP 47 tags. Leichte Sprache is one of them: the variant
`simple` of IANA's registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from server.domain.sentences import N_

MARK: Final = "Übersetzung – maßgeblich ist die deutsche Fassung"
OUTDATED: Final = "nicht mehr aktuell"
"""What stands on every translation, whatever language the pages speak."""


@dataclass(frozen=True, slots=True)
class TextLanguage:
    """`own`: as it calls itself. `mark` and `outdated` say in the language what `MARK` and `OUTDATED` say."""

    tag: str
    label: str
    own: str
    mark: str
    outdated: str
    direction: Literal["ltr", "rtl"] = "ltr"


LANGUAGES: Final = (
    TextLanguage(
        "fr",
        N_("French"),
        "Français",
        "Traduction – seule la version allemande fait foi",
        "Cette traduction n’est plus à jour.",
    ),
    TextLanguage(
        "de-simple",
        N_("Leichte Sprache"),
        "Leichte Sprache",
        "Das ist eine Übersetzung in Leichte Sprache. Es gilt der Text in schwerer Sprache.",
        "Dieser Text ist nicht mehr aktuell.",
    ),
    TextLanguage(
        "en",
        N_("English"),
        "English",
        "Translation – the German version is authoritative",
        "This translation is no longer up to date.",
    ),
    TextLanguage(
        "it",
        N_("Italian"),
        "Italiano",
        "Traduzione – fa fede la versione tedesca",
        "Questa traduzione non è più aggiornata.",
    ),
    TextLanguage(
        "es",
        N_("Spanish"),
        "Español",
        "Traducción – la versión alemana es la que hace fe",
        "Esta traducción ya no está actualizada.",
    ),
    TextLanguage(
        "tr",
        N_("Turkish"),
        "Türkçe",
        "Çeviri – Almanca metin esastır",
        "Bu çeviri artık güncel değildir.",
    ),
    TextLanguage(
        "pl",
        N_("Polish"),
        "Polski",
        "Tłumaczenie – rozstrzygająca jest wersja niemiecka",
        "To tłumaczenie jest już nieaktualne.",
    ),
    TextLanguage(
        "uk",
        N_("Ukrainian"),
        "Українська",
        "Переклад – визначальною є німецька версія",
        "Цей переклад більше не є актуальним.",
    ),
    TextLanguage(
        "ru",
        N_("Russian"),
        "Русский",
        "Перевод – определяющей является немецкая версия",
        "Этот перевод больше не актуален.",
    ),
    TextLanguage(
        "ar",
        N_("Arabic"),
        "العربية",
        "ترجمة – النسخة الألمانية هي المعتمدة",
        "لم تعد هذه الترجمة محدّثة.",
        "rtl",
    ),
)
"""In this order everywhere."""


def language_named(tag: str) -> TextLanguage | None:
    return next((language for language in LANGUAGES if language.tag == tag), None)
