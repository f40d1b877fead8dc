"""Feature: wide spacing of lines, letters, words and paragraphs; nothing moves.

The distances are those of WCAG 2.2, 1.4.12, a little above. The site itself moves nothing; the
rule for readers who ask their system for less motion is there for every feature to come.
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"spacing": ("wide",)})
register = feature.register
