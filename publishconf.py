"""Settings of the published portal: those of pelicanconf.py, and the public address."""

from pelicanconf import *  # noqa: F403  # all settings, whatever their names
from pelicanconf import PUBLIC_ADDRESS

SITEURL = PUBLIC_ADDRESS
