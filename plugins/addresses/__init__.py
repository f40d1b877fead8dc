"""Every address of the portal, built from the settings, and the inverse: what is at an address.

Pages, links, feeds, the sitemap, the preview, `stats`, redirects and the configuration of web servers use this package;
no address is written out anywhere else. An owner changes one by its setting, `SEARCH_URL = "tim/"`, as with Pelican's
own (`ARTICLE_URL`, `PAGE_URL`, …); a feature declares its own with `Feature(urls=…)`. The first language is at the root
of the site, every other one below its code.

Addresses have no leading slash here, and nothing of the path below which the whole portal may be (SITEURL). Links do:
`Addresses.path` and `Addresses.absolute` make them, in templates the filters `path` and `absolute`.
"""

from .addresses import Addresses, Place, list_page_number, list_page_url, output_name, place_name
from .defaults import (
    ASSETS,
    DOCUMENTS,
    ERROR_PAGE,
    ERROR_PAGES,
    HEALTH,
    INVALID_PAGE,
    PICTURES,
    RATED_ADDRESS,
    REFUSED_PAGE,
    SERVER_FILES,
    SITEMAPS,
    STATS_NAME,
    THANKS,
    URLS,
    VOTE,
)
from .settings_checks import problems
from .url_templates import UrlTemplate, UrlTemplateError

__all__ = [
    "ASSETS",
    "DOCUMENTS",
    "ERROR_PAGE",
    "ERROR_PAGES",
    "HEALTH",
    "INVALID_PAGE",
    "PICTURES",
    "RATED_ADDRESS",
    "REFUSED_PAGE",
    "SERVER_FILES",
    "SITEMAPS",
    "STATS_NAME",
    "THANKS",
    "URLS",
    "VOTE",
    "Addresses",
    "Place",
    "UrlTemplate",
    "UrlTemplateError",
    "list_page_number",
    "list_page_url",
    "output_name",
    "place_name",
    "problems",
]
