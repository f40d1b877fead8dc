"""Feature: contrast in three levels: soft, standard, high.

Each level is a palette of its own (theme/css/tokens.css), and in all of them the contrast of text is at least 7:1.
If the reader has not chosen, the system's `prefers-contrast` decides.
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"contrast": ("soft", "standard", "high")})
register = feature.register
