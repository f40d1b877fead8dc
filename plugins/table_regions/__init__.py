"""Feature: only a table that is wider than its place is a region that is named and can be focused.

Such a table scrolls sideways, by keyboard too. In the page every table is such a region, as the page cannot know how
wide it will be shown; the script (`tables.js`) takes name and focus away from those that fit, so that nobody has to
pass them. Only pages with tables load it.
"""

from __future__ import annotations

from plugins.features import Feature

feature = Feature(__file__, on_demand=("tables.js",))
register = feature.register
