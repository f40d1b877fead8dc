"""Feature: a button that prints the page. The theme's print.css lays it out for paper."""

from plugins.features import Feature

feature = Feature(__file__)
register = feature.register
