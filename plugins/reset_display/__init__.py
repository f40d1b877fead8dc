"""Feature: a button that resets all display preferences, so that the system's settings apply again."""

from plugins.features import Feature

feature = Feature(__file__)
register = feature.register
