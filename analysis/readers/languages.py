"""Whether a text is English, and which language it is in where it is not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from ..constants import ENGLISH_WORDS_MIN_SHARE, LANGUAGE_MAX_CHARS, LANGUAGE_MIN_LETTERS, LANGUAGE_MIN_PROBABILITY

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENGLISH: Final = frozenset(
    "the and that said says with from were has been would which this their they who his her not are will after".split()
)
"""Words that most English sentences have one of and few other languages know."""
_NEAR: Final = frozenset(("en", "sco", "pcm", "zxx", "und"))
"""English, what the detector takes short English texts for, and its labels for no language."""
_DENSE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of Chinese, Japanese and Korean, of which one says what several letters do."""
NAMES: Final = {
    **{"af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian"},
    **{"bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German"},
    **{"el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French"},
    **{"ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian"},
    **{"hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian"},
    **{"kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam"},
    **{"mr": "Marathi", "ms": "Malay", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "nb": "Norwegian"},
    **{"pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak"},
    **{"sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu"},
    **{"th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese"},
    **{"zh": "Chinese", "en": "English"},
}
"""English names of the languages of most of the world's news, by ISO 639-1."""


def other_language(text: str) -> str | None:
    """The language of a text that is not English.

    Args:
        text: what is to be read; its first ``LANGUAGE_MAX_CHARS`` characters decide.

    Returns:
        The English name of the language ("German"); None where the text is English, or too short to tell.

    Example:
        >>> other_language("Der Kanzler hat die Kritik der Opposition am Montag in Berlin scharf zurückgewiesen.")
        'German'
    """
    sample = text[:LANGUAGE_MAX_CHARS]
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    letters = sum(map(len, set(words))) + 3 * len(_DENSE.findall(sample))
    if letters < LANGUAGE_MIN_LETTERS or sum(w in _ENGLISH for w in words) >= ENGLISH_WORDS_MIN_SHARE * len(words):
        return None
    code, probability = _identifier().classify(sample)
    if code in _NEAR or probability < LANGUAGE_MIN_PROBABILITY:
        return None
    return language_name(code)


def language_name(code: str) -> str:
    """The English name of a language by its code, or the code in quotes where the name is not known here."""
    return NAMES.get(re.split(r"[-_]", code.casefold())[0], f"the language {code!r}")


def is_english(label: str) -> bool:
    """Whether what a table says of an article's language means English: "en", "en-GB", "eng", "English"."""
    return bool(re.match(r"en(?:g(?:lish)?)?(?:[-_ ]|$)", label.strip().casefold()))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
