"""Settings of the published portal: those of pelicanconf.py and its public address."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://vanson.example"
