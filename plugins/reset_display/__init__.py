"""Feature: one button that gives every choice of display back to the system."""

from plugins.features import Feature

feature = Feature(__file__)
register = feature.register
