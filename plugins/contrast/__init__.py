"""Feature: contrast up and down, in three levels: soft, standard, high.

Each level is a palette designed for itself (theme/css/tokens.css), and in all of them text has at
least 7:1. Without a choice the system's `prefers-contrast` decides.
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"contrast": ("soft", "standard", "high")})
register = feature.register
