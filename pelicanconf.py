"""Settings of Pelican, and the defaults of a portal. What a portal's owner changes is in content/portal.toml.

`python3 tasks.py serve` uses this file; `build` uses publishconf.py, which adds the public address.
Pelican's own settings: https://docs.getpelican.com/en/stable/settings.html
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from plugins import owner_settings  # noqa: E402  # needs the path above
from plugins.addresses import URLS  # noqa: E402  # needs the path above
from plugins.portal import Portal  # noqa: E402  # needs the path above

# --- What a portal has unless its owner says otherwise ---------------------------------------------

SITEURL = PUBLIC_ADDRESS = ""
TIMEZONE = "Asia/Ho_Chi_Minh"
FOOTER_PAGES: list[str] = []
MENU: list[dict[str, object]] = []  # what the menu has instead of all sections
QUICK_LINKS: list[dict[str, object]] = []  # links beside lists, with pictures
WORDS: dict[str, dict[str, str]] = {}  # by language, words of the interface and what stands in their place
ACCENT = EMBLEM = ""  # the colour of links and headings; the file of the emblem, in the content folder
FRONT_PAGE: list[str] = []  # the blocks of the front page, and their order
DATA_LICENCE: dict[str, str] = {}  # under which others may use the data, and the pictures
PICTURE_LICENCE: dict[str, str] = {}
DEFAULT_PAGINATION = 10  # articles on a full page of a list
# Scripts that PDFs show beside Latin, each by a language: "lo", "th", "zh", "km"; or font files (docs/operations.md)
PDF_SCRIPTS: list[str] = []
PDF_EXPORT = True  # a PDF of each article and page, except those with `pdf: false` in their header
OLD_PORTALS: list[str] = []  # hosts of earlier portals, whose addresses redirect to the articles taken from them
FEED_ARTICLES, FEED_FULL_TEXT = 20, False  # articles in a feed; True for their whole text, False for lead and picture
BOUNDARY_MAP: dict[str, object] = {}  # the map at /ban-do/
STATISTICS_LOGS = ["/var/log/nginx/portal.log*"]  # the logs that `stats` counts (docs/operations.md)
LOG_DAYS = 7  # how long a line of the log is kept; the privacy page says it, logrotate does it, `status` compares
LOG_ADDRESSES = "network"  # what the log has of a reader's address: its first part, or "whole"
STATISTICS_BEFORE = 0  # visits to an earlier portal, which are added to the total
PUBLISH_TARGET = ""  # where `publish` and the desk bring the finished site
RELEASES = 0  # earlier releases to go back to; output/ is then a link to the newest (docs/operations.md)
PRECOMPRESSED: list[str] = []  # ["gz", "br"] for compressed copies beside text files

# The features. The order here is the order on the page. For other plugins for Pelican, see docs/pelican.md.

PLUGINS = [
    "plugins.text_size",
    "plugins.contrast",
    "plugins.night_mode",
    "plugins.reading_comfort",
    "plugins.reset_display",
    "plugins.read_aloud",
    "plugins.print_page",
    "plugins.pdf_export",
    "plugins.podcast",
    "plugins.listening",
    "plugins.rating",
    "plugins.share",
    "plugins.time_to_read",
    "plugins.easy_summary",
    "plugins.contents",
    "plugins.abbreviations",
    "plugins.glossary",
    "plugins.table_regions",
    "plugins.related",
    "plugins.neighbors",
    "plugins.visit_counter",
    "plugins.boundary_map",
    "plugins.legal_documents",
    "plugins.notices",
    "plugins.corrections",
    "plugins.public_comments",
    "plugins.search",
    "plugins.address_guess",
    "plugins.feeds",
    "plugins.sitemap",
    "plugins.metadata",
    "plugins.offline",
    "plugins.api",
    "plugins.redirects",
    "plugins.security_txt",
]

# --- Folders and addresses -----------------------------------------------------------------------

OUTPUT_PATH = str(ROOT / "output")
CACHE_PATH = str(ROOT / ".cache")
THEME = str(ROOT / "theme")
PELICAN_CLASS = Portal
ARTICLE_PATHS, PAGE_PATHS = ["articles"], ["pages"]
# Files of content/ to be published as they are. Pictures and documents are published with the articles that use them.
STATIC_PATHS: list[str] = []
SHOW_DRAFTS = False

globals().update(URLS)  # every address: plugins/addresses/defaults.py
FORMER_ARTICLE_URLS: list[str] = []  # earlier values of ARTICLE_URL, whose addresses redirect to the articles

# --- How Pelican works for this portal: nothing to change here -----------------------------------

JINJA_ENVIRONMENT = {
    "autoescape": True,  # a title is text, never HTML
    "trim_blocks": True,
    "lstrip_blocks": True,
    "auto_reload": False,
    "extensions": ["jinja2.ext.i18n"],
}
FORMATTED_FIELDS: list[str] = []
SLUG_REGEX_SUBSTITUTIONS = [(r"[^\w\s-]", ""), (r"[-_\s]+", "-"), (r"^-|-$", "")]
DEFAULT_DATE_FORMAT = "%d/%m/%Y"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# --- The owner ---------------------------------------------------------------------------------
# Takes over what content/portal.toml says: names, languages, sections, features, addresses, … Another portal is another
# folder: `--content DIR`, or the variable PORTAL_CONTENT. plugins/owner_settings checks the file, and makes settings of
# it that win over those above. What is written below, or in a file of settings that imports this one, wins over them.
# A setting of Pelican's own stands below, or in the table [pelican] of portal.toml, where no update touches it.

globals().update(owner_settings.settings(PLUGINS))
