"""Why a translation cannot be begun or fixed."""

from __future__ import annotations

from server.domain.errors import Refused
from server.domain.sentences import N_


class NothingToTranslate(Refused):
    code = "nothing_to_translate"
    heading = N_("There is nothing to translate yet")
    sentence = N_("Please fix the text as a revision first: a translation begins with a text that stands.")


class TranslationExists(Refused):
    code = "translation_exists"
    heading = N_("This translation exists already")
    sentence = N_("The text is already being translated into this language. Please open it in the list.")
