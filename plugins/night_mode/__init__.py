"""Feature: light letters on a dark page.

Without a choice the system's colour scheme decides. Pictures stay as they are.
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"theme": ("light", "dark")})
register = feature.register
