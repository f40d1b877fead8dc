"""Feature: text from 90 to 200 % of the reader's own default, in seven steps.

All lengths and the breakpoints of the layout are in rem, so that enlarged text gets the layout of a narrower screen
instead of being cut off (WCAG 2.2, 1.4.4).
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"size": ("90", "112", "125", "150", "175", "200")})
register = feature.register
