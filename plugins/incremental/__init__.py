"""Stage: a build renders only what has changed, with the same result as a clean build.

state.py keeps what the last build knew (SQLite), fingerprints.py digests what a build depends on besides its sources,
site.py renders, moves and removes files, and owned_files.py lists those that are the portal's own. Nothing is tracked
while pages are rendered: a page gets only what it is given, and its fingerprint is made from just that. If the state
is lost or of no use, everything is rendered anew.
"""
