"""Languages: one object each, which holds all that the portal knows of how a language writes.

`language("vi")` gives the object of a language, `of(settings)` those of a portal's editions. It says how dates,
numbers and sizes are written (formats.py, over the CLDR), in which words the interface speaks (words.py, over gettext),
how the language is read aloud (speech.py), and which language stands in where it lacks something: the portal's first.
What stands in is plain text everywhere but in HTML, where it carries marks (fallback_text.py); `settled(html)` makes `lang`
attributes of them (language_marks.py). settings_checks.py checks what an owner has said of each language in the settings.
"""

from .fallback_text import FallbackText, apply_language_marks
from .language import Language, codes, from_settings, language
from .settings_checks import SETTINGS_FILE, problems

__all__ = [
    "SETTINGS_FILE",
    "Language",
    "FallbackText",
    "codes",
    "language",
    "from_settings",
    "problems",
    "apply_language_marks",
]
