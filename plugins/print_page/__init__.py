"""Feature: a button that prints the page. The theme's print.css lays it out for paper."""

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    statements=(
        Statement("tools", "printing"),
        Statement("works", "<strong>Printing</strong> in black on white, without the buttons."),
        Statement("needs_script", "the button for printing; the browser's menu works without"),
    ),
)
register = feature.register
