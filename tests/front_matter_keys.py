"""The keys that front matter may have in the portal as it is, with those of all features in PLUGINS."""

from __future__ import annotations

from importlib import import_module

import pelicanconf
from plugins.features import features_of
from plugins.markdown_reader.front_matter import HeaderKeys

FEATURES = features_of(map(import_module, pelicanconf.PLUGINS))
MORE = [key for feature in FEATURES for key in feature.keys]
ARTICLE, PAGE = HeaderKeys("article", MORE), HeaderKeys("page", MORE)
KINDS = {
    kind.name: HeaderKeys(kind.name, MORE, kind.keys, kind.dated_by) for feature in FEATURES for kind in feature.kinds
}
