"""The default addresses of a portal, and those that no setting changes."""

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
# The fields that a setting may use; other settings may use those of their defaults.
ALLOWED_FIELDS = {"ARTICLE_URL": {"slug", "date", "category"}}
# Settings whose pages may be files, `tin/{slug}.html`; all other pages are folders.
FILE_URL_SETTINGS = {"ARTICLE_URL", "PAGE_URL"}
FORMER_URLS_SETTING = "FORMER_ARTICLE_URLS"  # a list of earlier values of ARTICLE_URL

VOTE = "danh-gia"  # where ratings are sent, in all languages
THANKS = "cam-on"  # the place on an article's page where a reader without JavaScript is thanked for a rating
RATED_ADDRESS = "[a-z0-9][a-z0-9/._-]*"  # a regular expression: addresses to which such a reader is led back
ERROR_PAGE = "404.html"
INVALID_PAGE = "400.html"  # for what no browser sends; 494 and 497 are nginx's own, which answers with 400
# The page for each group of errors that a web server can answer with, by their status codes
ERROR_PAGES = {
    (400, 412, 414, 431, 494, 497, 501, 505): INVALID_PAGE,
    (404,): ERROR_PAGE,
    (405,): "405.html",
    (410,): "410.html",
    (413,): "413.html",
    (429,): "429.html",
    (500, 502, 503, 504): "500.html",
}
REFUSED_PAGE = "403.html"  # for ratings that come from elsewhere; where a folder has no page, there simply is none
HEALTH = "suc-khoe"  # answers whether the site is there, for programs that watch the server
STATS_NAME = "so-lieu"  # the statistics of a page: a file beside it, without its extension
LIST_PAGE_URL = "trang-{number}/"  # below the address of a list
SERVER_FILES = "nginx/"  # for web servers only; readers never get these
ASSETS, PICTURES, SITEMAPS, DOCUMENTS = "theme/", "anh/", "sitemap/", "documents/"
FOLDERS = (ASSETS, PICTURES, SITEMAPS, DOCUMENTS)  # of files for all languages, without any page
