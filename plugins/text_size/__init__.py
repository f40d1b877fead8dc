"""Feature: text from 90 to 200 % of the reader's own default, in seven steps.

All lengths and the breakpoints of the layout are in rem, so that enlarged text gets the layout of a narrower screen
instead of being cut off (WCAG 2.2, 1.4.4).
"""

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    preferences={"size": ("90", "112", "125", "150", "175", "200")},
    statements=(
        Statement("tools", "text size"),
        Statement(
            "works",
            "<strong>Text size</strong> from 90 % to 200 %, with no loss of content and no sideways scrolling on a "
            "screen 320 pixels wide; wide tables scroll in a frame of their own.",
        ),
        Statement("needs_script", "changing the text size here; the browser's own zoom works without"),
        Statement("stored", "the text size that you choose"),
    ),
)
register = feature.register
