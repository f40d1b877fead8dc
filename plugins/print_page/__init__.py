"""Feature: a button that prints the page. How it looks on paper is the theme's print.css."""

from plugins.features import Feature

feature = Feature(__file__)
register = feature.register
