"""The addresses of a portal whose owner says nothing, and those that no setting changes."""

# Settings, and what they are where an owner says nothing.
URLS = {
    "ARTICLE_URL": "bai-viet/{slug}/",
    "PAGE_URL": "{slug}/",
    "CATEGORY_URL": "chuyen-muc/{slug}/",
    "TAG_URL": "chu-de/{slug}/",
    "AUTHOR_URL": "tac-gia/{slug}/",
    "NEWS_URL": "tin-moi/",
    "ARCHIVE_URL": "luu-tru/",
    "YEAR_ARCHIVE_URL": "luu-tru/{date:%Y}/",
    "MONTH_ARCHIVE_URL": "luu-tru/{date:%Y}/{date:%m}/",
    "SITE_MAP_URL": "so-do-trang/",
    "SEARCH_URL": "tim-kiem/",
    "MAP_URL": "ban-do/",
    "MAP_UNIT_URL": "ban-do/{slug}/",
    "STATISTICS_URL": "thong-ke/",
    "THANKS_URL": "danh-gia/cam-on/",
    "PODCAST_URL": "podcast/",
    "API_URL": "api/",
}
ALLOWED_FIELDS = {"ARTICLE_URL": {"slug", "date", "category"}}  # that a setting may name; else those of its default
FILE_URL_SETTINGS = {"ARTICLE_URL", "PAGE_URL"}  # whose pages may be files, `tin/{slug}.html`; all others are folders
FORMER_URLS_SETTING = "FORMER_ARTICLE_URLS"  # a list of what ARTICLE_URL was before

VOTE = "danh-gia"  # where votes are sent, in all languages
ERROR_PAGE = "404.html"
STATS_NAME = "so-lieu"  # of a page, beside it; without its ending
LIST_PAGE_URL = "trang-{number}/"  # below a list's own address
SERVER_FILES = "nginx/"  # what web servers read, and readers never get
ASSETS, PICTURES, SITEMAPS, DOCUMENTS = "theme/", "anh/", "sitemap/", "documents/"
FOLDERS = (ASSETS, PICTURES, SITEMAPS, DOCUMENTS)  # of files for all languages: no page stands there
