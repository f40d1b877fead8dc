"""Every address of the portal, made from the settings, and the inverse: what stands at an address.

Pages, links, feeds, the sitemap, the preview, `stats`, redirects and the web server's configuration ask here; no
address is written out anywhere else. An owner changes one by its setting, `SEARCH_URL = "tim/"`, as Pelican's own
(`ARTICLE_URL`, `PAGE_URL`, …); a feature brings its own with `Feature(urls=…)`. The first language has the root of the
site, every other one stands below its code.

Addresses have no leading slash here; the filter `path` makes links of them.
"""

from .addresses import Addresses, Place, list_page_number, list_page_url, output_name, place_name
from .defaults import ASSETS, DOCUMENTS, ERROR_PAGE, STATS_NAME, PICTURES, SERVER_FILES, SITEMAPS, URLS, VOTE
from .settings_checks import problems
from .url_templates import UrlTemplate, UrlTemplateError

__all__ = [
    "ASSETS", "DOCUMENTS", "ERROR_PAGE", "STATS_NAME", "PICTURES", "SERVER_FILES", "SITEMAPS", "URLS", "VOTE",
    "Addresses", "UrlTemplate", "UrlTemplateError", "Place", "list_page_url", "place_name", "output_name", "list_page_number", "problems",
]  # fmt: skip
