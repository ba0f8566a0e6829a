"""Which language a report is written in."""

from __future__ import annotations

from functools import cache
from typing import Any

from variorum.text.tables import load_toml

LOOKED_AT = 1200
"""Code points from which the language is told."""
LEAST = 60
"""Letters below which a text is too short for its language to be told from its words."""
PLAIN_SHARE, PLAIN_KINDS = 0.07, 4
"""Share of English's own small words, and how many different ones, that no other language reaches: Danish and Norwegian
have "for", "have" and "by", which make up 4 % of it."""
_LANGUAGES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "lo",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "nb",
    "ne",
    "nl",
    "nn",
    "no",
    "or",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "rw",
    "si",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tl",
    "tr",
    "ug",
    "uk",
    "ur",
    "vi",
    "xh",
    "zh",
    "zu",
]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model: only where a language is asked for

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(sorted(set(_LANGUAGES) & set(made.labels)))
    return made


def _is_plainly_english(sample: str) -> bool:
    """Whether English's own small words are so many that no model of the language need be asked."""
    words = sample.lower().split()
    own = _own_words()
    found = [word for word in words if word in own]
    return len(words) >= 30 and len(found) >= PLAIN_SHARE * len(words) and len(set(found)) >= PLAIN_KINDS


@cache
def _own_words() -> frozenset[str]:
    return frozenset(load_toml("en/furniture.toml")["language"]["own_words"])


def find_language(words: str) -> str:
    """ISO 639-1 code of the language of some words; ``und`` where they hold no letters.

    A text of few words in Latin letters counts as English: to tell such texts apart would be guessing, and English is
    what the readings are made for.
    """
    sample = words[:LOOKED_AT]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return "und"
    latin = sum(c < "\u0250" for c in letters)
    if latin > 0.9 * len(letters) and (len(letters) < LEAST or _is_plainly_english(sample)):
        return "en"
    code, confidence = _identifier().classify(sample)
    if code != "en" and latin > 0.9 * len(letters) and (len(letters) < 150 and confidence < 0.9):
        return "en"
    return {"nb": "no", "nn": "no"}.get(str(code), str(code))
