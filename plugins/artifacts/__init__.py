"""Stage: artifacts, the costly files that outlive a build: PDFs, recordings, pictures, maps, parts of the search index.

An artifact is known by its key: the digest of the rendered input that it is made from (the HTML of a PDF, the sentences
of a recording, the bytes of a picture) and of the code that makes it (code_digest.py). Where the key is in the cache,
nothing is made: a changed template that gives the same HTML costs no PDF. This is "early cutoff" (Mokhov, Mitchell,
Peyton Jones: Build Systems à la Carte, 2018, https://doi.org/10.1145/3236774, section 2.3).

To render an input costs time too. So the cache also stores the key of each fingerprint, the cheap digest of everything
that the input may depend on: where the fingerprint is known, not even the input is rendered. A fingerprint may depend
on too much, never on too little; a key depends on just what it should, without a list that somebody has to maintain.

cache.py is the interface, database.py stores fingerprints, keys and small metadata (SQLite), files.py writes files
atomically. Everything is in one folder, and it must be safe to delete it at any time.
"""

from .cache import Artifact, Cache, Namespace
from .files import digest

__all__ = ["Artifact", "Cache", "Namespace", "digest"]
