"""Feature: a button that resets all display preferences, so that the system's settings apply again."""

from plugins.features import Feature, Statement

feature = Feature(
    __file__,
    statements=(Statement("erasing", "“Reset display” at the top of each page forgets the display settings."),),
)
register = feature.register
