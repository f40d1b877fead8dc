"""Feature: night mode, light text on a dark page.

If the reader has not chosen, the system's colour scheme decides. Pictures are not inverted.
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"theme": ("light", "dark")})
register = feature.register
