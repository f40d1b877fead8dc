"""What the portal knows about languages: one object for each.

`language("vi")` returns the object of a language, `from_settings(settings)` those of a portal's editions. A `Language`
formats dates, numbers and sizes (formats.py, with data of the CLDR), translates the interface (words.py, with gettext),
and says how it is read aloud (speech.py). What a language lacks comes from another one, for most from the portal's
first language. Such a fallback is plain text everywhere but in HTML, where it carries marks (fallback_text.py) that
`apply_language_marks(html)` turns into `lang` attributes (language_marks.py). settings_checks.py checks the texts that
an owner must supply for each language, own_words.py the words that he has replaced.
"""

from .fallback_text import FallbackText, apply_language_marks
from .language import Language, codes, from_settings, language, language_name
from .settings_checks import OPTIONAL_AGENCY_KEYS, SETTINGS_FILE, problems

__all__ = [
    "OPTIONAL_AGENCY_KEYS",
    "SETTINGS_FILE",
    "FallbackText",
    "Language",
    "apply_language_marks",
    "codes",
    "from_settings",
    "language",
    "language_name",
    "problems",
]
