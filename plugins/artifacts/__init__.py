"""Stage: artifacts, the costly files that outlive a build: PDFs, recordings, pictures, maps, parts of the search index.

An artifact is known by its key: the digest of the rendered input that it is made from (the HTML of a PDF, the
sentences of a recording, the bytes of a picture) and of the code that makes it (code_digest.py). Where the key is there,
nothing is made: a changed template whose HTML comes out the same costs no PDF. This is "early cutoff" (Mokhov,
Mitchell, Peyton Jones: Build Systems à la Carte, 2018, https://doi.org/10.1145/3236774, section 2.3).

To render an input costs time too, so a cheap fingerprint of everything that the input may depend on remembers the
key: where the fingerprint is known, not even the input is rendered. A fingerprint may depend on too much, never on too
little; a key depends on just what it should, because nobody has to list it.

cache.py is what the makers of artifacts ask, database.py remembers fingerprints, keys and small facts (SQLite),
files.py writes files at once or not at all. Everything stands in one folder, which may be deleted at any time.
"""

from .cache import Artifact, Cache, Namespace
from .files import digest

__all__ = ["Artifact", "Cache", "Namespace", "digest"]
