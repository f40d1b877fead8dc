"""Stock Pelican with the same pages as the portal. No lambda here: it would break Pelican's cache."""

PATH, THEME = "content", "theme"
SITENAME, SITEURL = "Vân Sơn", "https://vanson.example"
TIMEZONE, DEFAULT_LANG = "Asia/Ho_Chi_Minh", "vi"
PLUGIN_PATHS, PLUGINS = ["theme/plugins"], ["neighbours"]
STATIC_PATHS = ["images"]
THEME_STATIC_DIR = "theme"
TYPOGRIFY = False
DEFAULT_DATE_FORMAT = "%d/%m/%Y"
DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None, "period_archives": None}
# one folder per page: with the default pattern page 4 of tag "1" would be tag "14"
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/trang-{number}/", "{base_name}/trang-{number}/index.html"),
]
DIRECT_TEMPLATES = ["index", "tags", "categories", "authors"]
ARTICLE_URL, ARTICLE_SAVE_AS = "bai-viet/{slug}/", "bai-viet/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "chuyen-muc/{slug}/", "chuyen-muc/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "chu-de/{slug}/", "chu-de/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "tac-gia/{slug}/", "tac-gia/{slug}/index.html"
MONTH_ARCHIVE_URL, MONTH_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/", "luu-tru/{date:%Y}/{date:%m}/index.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
