"""The elements of HTML and their properties: which there are, what an article may have, what breaks a line or a word.

https://html.spec.whatwg.org/multipage/indices.html#elements-3 and …/obsolete.html#non-conforming-features
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Each element is in one group.
_IN_SENTENCES = _names(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var"
)
_OTHERS_IN_SENTENCES = _names("acronym big blink font label nobr rb rtc strike tt")
_VOID = _names("br img wbr")
_BLOCKS = _names(
    "blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 hr li ol p pre section summary "
    "table tbody td tfoot th thead tr ul"
)
_COLUMNS = _names("col colgroup")
_OTHER_BLOCKS = _names("address article aside body center dir fieldset header html legend main menu")
_BLOCKS_OF_CONTROLS = _names("form nav")
_CONTROLS = _names("button dialog input option select textarea")
_EMBEDDED = _names("applet audio embed frame iframe object video")
_DRAWN = _names("canvas frameset map marquee math svg")
_ABOUT_THE_PAGE = _names("base head link meta noscript script style template title")
_REST = _names(
    "area data datalist hgroup meter noembed noframes optgroup output param picture plaintext progress search slot "
    "source track xmp"
)

INLINE = _IN_SENTENCES | _OTHERS_IN_SENTENCES
# Those that an article may have.
ALLOWED = _IN_SENTENCES | _VOID | _BLOCKS | _COLUMNS
# Those that begin a line of their own.
BLOCKS = _BLOCKS | _OTHER_BLOCKS | _BLOCKS_OF_CONTROLS
# Those that show something from another file or place.
EMBEDDED = _EMBEDDED
# Those whose words nobody reads as a part of the text.
NOT_TEXT = _EMBEDDED | _DRAWN | _ABOUT_THE_PAGE | _CONTROLS | _BLOCKS_OF_CONTROLS
ELEMENTS = ALLOWED | INLINE | BLOCKS | NOT_TEXT | _REST
# Those that may begin or end within a word. A reading above a letter (ruby) is a word of its own.
WITHIN_WORDS = (INLINE | {"wbr"}) - {"ruby", "rb", "rp", "rt", "rtc", "label"}
