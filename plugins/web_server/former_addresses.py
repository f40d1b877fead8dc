"""nginx's map from former addresses to present ones, in the spellings in which browsers ask for them.

nginx compares the path with its percent-encoding removed (`$uri`), but the query as it was sent. So an address without
a query is one line, and one with a query is a line for each way in which browsers and other programs encode it. nginx
does not distinguish capital letters in such a map (https://nginx.org/en/docs/http/ngx_http_map_module.html).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from urllib.parse import quote, unquote

GONE = "410"  # instead of a present address: nothing is there any more, and nothing will be; no page has this address
MAX_LENGTH = 2000  # characters of a former address; nginx must accept such a request line, see server.conf
# Parameters that other sites add to links, so that they can follow readers. An old address is the same without them.
TRACKING = "(?:fbclid|gclid|dclid|gbraid|wbraid|msclkid|ttclid|twclid|igshid|zarsrc|mc_[ce]id|utm_[a-z_]+)"
# What browsers leave as it is in a query, what encodeURIComponent leaves, and what forms leave
_QUERY_ENCODINGS = ("!$'()*+,-./:;?@[\\]^_`{|}~%", "!'()*-._~", "*-._")
_WORD = 8  # bytes of a pointer, the unit in which nginx stores the entries of a map
_SHARED = 4  # so many addresses of the greatest length may fall into one bucket
_LINE = 64  # bytes of a cache line, the unit of nginx's buckets
_TEXT = {"encoding": "utf-8", "errors": "surrogateescape"}  # addresses of old portals may be in any encoding


def canonical(address: str) -> str:
    """Return the form in which two addresses are equal if nginx cannot tell them apart.

    Args:
        address: Path and query, with leading slash, percent-encoded or not.
    """
    if "%" not in address and "//" not in address:  # nothing to decode, as in nearly all
        return address.lower()
    path, mark, query = address.partition("?")
    return (_decoded_path(path) + mark + unquote(query, **_TEXT)).lower()


def nginx_map(
    redirects: Mapping[str, str], is_taken: Callable[[str], bool], link: Callable[[str], str]
) -> tuple[str, int, int]:
    """Return the lines of the map, with the sizes that nginx needs for it.

    Args:
        redirects: The present address, without leading slash, by former address (path and query, with leading slash).
        is_taken: Whether this portal has a page at an address. A former address that differs from one only in capital
            letters is left out: nginx would send readers of that page away, or in circles.
        link: Returns the link to a present address.

    Returns:
        The lines; `map_hash_max_size`, a number of buckets; and `map_hash_bucket_size`, in bytes.
    """
    targets: dict[bytes, str] = {}
    for address, url in redirects.items():
        for key in _keys(address, is_taken):
            targets.setdefault(key.lower(), link(url))
    lines = [f"    {_quoted(key)} {target};\n" for key, target in sorted(targets.items())]
    longest = max(map(len, targets), default=0)
    bucket = -(-_SHARED * (longest + 4 * _WORD) // _LINE) * _LINE
    return "".join(lines), max(2048, 2 * len(targets)), max(512, bucket)


def _keys(address: str, is_taken: Callable[[str], bool]) -> Iterator[bytes]:
    """Yield the values of "$uri?$args" that are requests for a former address, in UTF-8."""
    path, _, query = address.partition("?")
    uri = _decoded_path(path)
    lower = uri.lower()
    if not query and lower != uri and is_taken(lower):
        return
    # files that a Mac has named have letters and marks apart
    spellings = dict.fromkeys([uri, *(unicodedata.normalize(form, uri) for form in ("NFC", "NFD"))])
    for spelling, encoded in product(spellings, _query_spellings(query)):
        key = f"{spelling}?{encoded}".encode(**_TEXT)
        if not re.search(rb"[\x00-\x1f\x7f]", key):  # no browser sends them
            yield key


def _decoded_path(path: str) -> str:
    return re.sub("/+", "/", unquote(path, **_TEXT))


def _query_spellings(query: str) -> Iterator[str]:
    """Yield a query as it was written, and as programs encode it, without what nginx takes out of requests."""
    query = "&".join(part for part in query.split("&") if not re.match(f"{TRACKING}=", part, re.IGNORECASE))
    yield query
    parts = re.split("([&=])", query)
    for safe in _QUERY_ENCODINGS:
        yield "".join(part if part in "&=" else quote(unquote(part, **_TEXT), safe, **_TEXT) for part in parts)


def _quoted(key: bytes) -> str:
    text = key.decode(**_TEXT).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
