"""Feature: contrast in three levels: soft, standard, high.

Each level is a palette of its own (theme/css/tokens.css), and in all of them the contrast of text is at least 7:1.
If the reader has not chosen, the system's `prefers-contrast` decides.
"""

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    preferences={"contrast": ("soft", "standard", "high")},
    statements=(
        Statement("tools", "contrast"),
        Statement("works", "<strong>Contrast</strong> in three levels: soft, standard and high."),
        Statement("needs_script", "changing the contrast here; the system's setting counts without"),
        Statement("stored", "the contrast that you choose"),
    ),
)
register = feature.register
