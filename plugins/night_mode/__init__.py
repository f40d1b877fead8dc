"""Feature: night mode, light text on a dark page.

If the reader has not chosen, the system's colour scheme decides. Pictures are not inverted.
"""

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    preferences={"theme": ("light", "dark")},
    statements=(
        Statement("tools", "night mode"),
        Statement("works", "<strong>Night mode</strong>, following your device or your own choice."),
        Statement("needs_script", "choosing night mode here; the system's setting counts without"),
        Statement("stored", "whether you chose day or night"),
    ),
)
register = feature.register
