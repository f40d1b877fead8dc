"""Feature: wide spacing of lines, letters, words and paragraphs, and no motion.

The spacing is slightly above that of WCAG 2.2, 1.4.12. The site itself has no motion; the rule for readers who prefer
reduced motion is there for features to come.
"""

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    preferences={"spacing": ("wide",)},
    statements=(
        Statement("tools", "wide spacing"),
        Statement(
            "works",
            "<strong>Wide spacing</strong> of letters and lines, without clipping Vietnamese diacritics.",
        ),
        Statement("needs_script", "wide spacing"),
        Statement("stored", "whether you chose wide spacing"),
    ),
)
register = feature.register
