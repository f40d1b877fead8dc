"""Feature: at an address without a page, a guess which page was meant.

The page for such addresses is one file, so a script makes the guess in the browser (`guess.js`). It compares the
address with all links of that page: sections, editors' pages, lists, the newest articles. The words of the address are
put into the page's search box, if it has one.
"""

from __future__ import annotations

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    on_demand=("guess.js",),
    statements=(Statement("needs_script", "proposals at an address that does not exist"),),
)
register = feature.register
