"""Feature: wide spacing of lines, letters, words and paragraphs, and no motion.

The spacing is slightly above that of WCAG 2.2, 1.4.12. The site itself has no motion; the rule for readers who prefer
reduced motion is there for features to come.
"""

from plugins.features import Feature

feature = Feature(__file__, preferences={"spacing": ("wide",)})
register = feature.register
