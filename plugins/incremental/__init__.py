"""Stage: a build makes only what has changed, and the result is that of a clean build.

state.py keeps what the last build knew (SQLite), fingerprints.py says what besides the sources a
build depends on, site.py makes, moves and removes files. Nothing is tracked while pages are
rendered: a page gets only what it is given, so what it is given is what its fingerprint is made of.
Where the state is lost or foreign, everything is made anew.
"""
