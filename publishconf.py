"""Settings of the published portal: those of pelicanconf.py, and the public address."""

from pelicanconf import *  # noqa: F403  # all settings, whatever their names

SITEURL = "https://vanson.example"

# On a server of your own, RELEASES = 5 makes output/ a link to the newest release, with five earlier ones to go back
# to, and PRECOMPRESSED = ["gz"] puts compressed copies beside text files: docs/operations.md.
RELEASES = 0
PRECOMPRESSED: list[str] = []
