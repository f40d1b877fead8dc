"""Phrases that portals put around every article: toolbars, counters, ratings, menus, headings of other news."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .names import CAPITAL

_NUMBER = r"[\d.,]+"
_PHRASES = {
    "skip links": (
        r"skip to (?:main )?content|đi (?:đến|tới) nội dung(?: chính)?|chuyển (?:đến|tới) nội dung(?: chính)?"
        r"|bỏ qua (?:nội dung|điều hướng)"
    ),
    "display and reading": (
        r"chế độ ban đêm|chế độ (?:sáng|tối)|in trang(?: này)?|in bài(?: viết| này)?|in tin|in ra|bản in"
        r"|xuất pdf|tải (?:về )?pdf"
        r"|đọc nội dung|đọc bài(?: viết)?|nghe(?: đọc)?(?: bài| tin| nội dung)?(?: viết)?"
    ),
    "size of letters": (
        r"phóng to|thu nhỏ|(?:xem )?(?:với )?cỡ chữ|font ?size|text ?size|kích (?:cỡ|thước) chữ|cỡ chữ mặc định"
        r"|giảm cỡ chữ|tăng cỡ chữ|mặc định|tăng cỡ|giảm cỡ"
    ),
    "size of letters as A- A A+": (
        r"-\s?a\s+a\s+\+\s?a|a\s?-\s+a\s+a\s?\+|-\s?a(?!\w)|\+\s?a(?!\w)|a\s?[-+](?!\w)|aa(?!\w)"
        r"|a(?!\w)(?=\s*(?:[-+|]|a\b|$))"
    ),
    "share": (
        r"chia sẻ(?: (?:bài viết|bài|tin|lên|qua|trên|với))*(?: (?:facebook|twitter|google\s?\+?|zalo|x|linkedin"
        r"|email|mạng xã hội|bạn bè))*"
    ),
    "social networks": (
        r"(?:thích|like|tweet|chia sẻ|g\+1)\s*\(?\d*\)?|facebook|twitter|google\s?\+|zalo|linkedin|pinterest|tweet"
        r"|like|share|youtube|messenger|telegram|print|email|pdf|g\+"
    ),
    "contrast": r"tăng (?:độ )?tương phản|giảm (?:độ )?tương phản|(?:độ )?tương phản(?: cao)?|tương phản",
    "send and save": (
        r"gửi (?:email|mail|bài viết|cho bạn bè|tin|phản hồi|bình luận|ý kiến)|sao chép (?:liên kết|link)"
        r"|copy link|lưu (?:bài|tin|trang)(?: viết| này)?"
    ),
    "views": (
        rf"(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập|tải)(?: (?:bài viết|trang|tin))?\s*:?\s*\(?{_NUMBER}\)?|(?:đã xem"
        rf"|views?|xem|đọc|hits)\s*:\s*{_NUMBER}|đã xem {_NUMBER}(?: lần)?|{_NUMBER} (?:lượt|lần) (?:xem|đọc|truy cập"
        rf"|tải)|(?:đã )?(?:xem|đọc) {_NUMBER} (?:lần|lượt)|{_NUMBER} (?:views?|reads?|hits"
        r"|bình luận|comments?|lượt thích|chia sẻ)|(?:số )?lượt (?:xem|đọc)\s*:?"
    ),
    "reading time": (
        rf"{_NUMBER}(?:\s*[-–]\s*{_NUMBER})? (?:phút đọc|min(?:ute)?s? read)|thời gian đọc\s*:?\s*{_NUMBER} phút"
    ),
    "counter of visits": (
        r"(?:hôm nay|hôm qua|tuần (?:này|trước)|tháng (?:này|trước|\d+)|năm (?:nay|trước|\d{4})|tổng (?:số|cộng"
        r"|lượt)(?: (?:lượt )?truy cập)?|tất cả|đang (?:online|truy cập|trực tuyến|xem)|trực tuyến|khách"
        rf"|thành viên|lượt truy cập|số lượt truy cập|tổng lượt truy cập)(?:\s*[:;]\s*|\s+){_NUMBER}(?: (?:khách"
        rf"|lượt))?"
    ),
    "rating": (
        rf"tổng số điểm của bài viết(?: là)?\s*:?\s*{_NUMBER} trong {_NUMBER} đánh giá|click để đánh giá bài viết"
        rf"|xếp hạng\s*:\s*{_NUMBER}\s*-\s*{_NUMBER} phiếu bầu"
        rf"|đánh giá(?: bài viết)?(?: này)?\s*:?(?:\s*{_NUMBER}(?:\s*/\s*\d)?)?"
        r"|bài viết (?:rất kém|kém|đạt|tốt|rất tốt)|bình chọn(?: bài viết)?|\d+\s*/\s*\d+\s*(?:\(\d+ (?:phiếu"
        r"|đánh giá|lượt)[^)]*\))?|\(?\d+ (?:phiếu bầu|đánh giá|lượt đánh giá|votes?)\)?|(?:[★☆⭐]\s*)+|\d (?:sao"
        r"|stars?)"
    ),
    "links to statistics": r"bản đồ địa giới hành chính|thống kê truy cập|thống kê|số người truy cập",
    "loading": (
        r"loading(?:…|\.{2,3})?|đang tải(?:…|\.{2,3}| dữ liệu)*|vui lòng chờ(?:…|\.{2,3})?|please wait(?:…"
        r"|\.{2,3})?"
    ),
    "menu": (
        r"trang chủ|home|đăng nhập|đăng ký|đăng xuất|liên hệ|sơ đồ (?:site|trang|cổng)|rss|site ?map|tìm kiếm"
        r"|search|english|tiếng việt|menu|hỏi đáp|góp ý|thư điện tử|giới thiệu|văn bản|dịch vụ công"
    ),
    "advertisements": r"-*\s*(?:quảng cáo|advertisement)\s*-*",
    "navigation": (
        r"quay lại|trở lại|trở về|về đầu trang|lên đầu trang|về trang trước|đầu trang|lên trên|đóng|close"
        r"|back to top|top|trang trước|trang sau|tiếp theo|previous|next|back"
    ),
    "comments and copyright": (
        r"bình luận(?: của bạn)?(?: \(\d+\))?|ý kiến bạn đọc|viết bình luận|mã bảo mật|javascript|xem (?:thêm|tiếp"
        r"|chi tiết)|chi tiết|bạn đã không sử dụng site[^.]*\.|theo dõi (?:chúng tôi|trên)[^.]{0,40}|nhận tin"
        r"|copyright[^\n]*|©[^\n]*|bản quyền (?:thuộc|©)[^\n]*"
    ),
}
_PHRASE = re.compile(r"(?:" + "|".join(_PHRASES.values()) + r")(?![\w])", re.I)
_COUNT = re.compile(r"(?<!\S)\d{1,5}(?!\S)")  # beside a button
_GLUE = re.compile(
    r"[\s|•·/»>›,.:;\-–—(){}\[\]*~=_#\u200b\ufeff\ue000-\uf8ff▲▼►◄←→↑↓⇒🖨📄🔊🔗👁📤⭐★☆✉☎🌙☀❤👍💬🏠🔍📅🕒]+"
)

MENU = re.compile(
    r"\b(?:trang chủ|giới thiệu|tin tức|sự kiện|văn bản|liên hệ|hỏi đáp|thư viện|dịch vụ công|thông báo|đăng nhập"
    r"|sơ đồ|góp ý|video|chuyên mục|bộ máy|công dân|doanh nghiệp|du khách)\b",
    re.I,
)

# A line that is only this heads a list of other articles, of comments or of ratings: the article has ended.
OTHER_NEWS = re.compile(
    r"(?:»|>|\*|•|-|\[)?\s*(?:(?:các )?(?:tin|bài)(?: tức)?(?: viết)?(?: khác| liên quan| cùng \w+(?: \w+)?"
    r"| mới(?: hơn| nhất| đăng| cập nhật)?| cũ hơn| đã đưa| đã đăng| nổi bật| đọc nhiều(?: nhất)?"
    r"| xem nhiều(?: nhất)?| tiếp theo)(?: khác)?"
    r"|những (?:tin|bài)(?: viết)? (?:mới|cũ)(?: hơn)|những (?:tin|bài)(?: viết)? khác|có thể bạn quan tâm"
    r"|bạn có thể quan tâm|đọc thêm|xem thêm|xem nhiều|đọc nhiều(?: nhất)?|tin (?:nóng|hot)|cùng chuyên mục|liên quan"
    r"|bài cùng chuyên mục|tin theo ngày|các bài đã đăng|theo dòng sự kiện|tin bài (?:liên quan|khác)"
    r"|bình luận(?: \(\d+\))?|ý kiến(?: bạn đọc| của bạn)?|gửi (?:bình luận|ý kiến)|viết bình luận"
    r"|tổng số điểm của bài viết.*|click để đánh giá.*|đánh giá bài viết|thống kê truy cập|liên kết (?:website|trang"
    r"|web)|related (?:news|posts|articles)|(?:other|latest) news|video|thư viện ảnh|thông báo mới|văn bản mới"
    r"|lịch công tác)(?:\s*\(\d+\))?\s*[:\]…]*(?:\.{3})?\s*$",
    re.I,
)
# As above, but this is also found between two paragraphs of an article, above one or two links.
READ_MORE = re.compile(
    r"(?:»|>|\*|•|-|\[)?\s*(?:xem thêm|đọc thêm|xem nhiều|liên quan|video|tin liên quan|bài viết liên quan"
    r"|tin bài liên quan|bài liên quan)\s*[:\]…]*",
    re.I,
)

# A line that is only this heads the comments of readers.
COMMENTS = re.compile(
    r"\W*(?:(?:các )?bình luận|(?:các )?ý kiến (?:bạn đọc|độc giả|người đọc)|phản hồi|comments?)\s*(?:\(?\d*\)?)?\W*$",
    re.I,
)

# Who makes a portal and where: two of these in one paragraph are in no article, or at its end.
_IMPRINT = (
    re.compile(r"\b(?:giấy phép|số)\s*(?:số)?\s*:?\s*\d+/gp|giấy phép (?:số|thiết lập|hoạt động)", re.I),
    re.compile(r"©|\bcopyright\b|bản quyền", re.I),
    re.compile(r"chịu trách nhiệm(?: chính)?(?: nội dung| xuất bản)?\s*:|trưởng ban biên tập|tổng biên tập", re.I),
    re.compile(r"cơ quan chủ quản|đơn vị chủ quản", re.I),
    re.compile(r"ghi rõ nguồn|trích dẫn (?:nguồn|lại)|phát hành lại", re.I),
    re.compile(r"(?:thiết kế|phát triển|xây dựng)(?: và \w+)? bởi|designed by|powered by|developed by", re.I),
    re.compile(r"\b(?:điện thoại|đt|tel|fax|hotline|đường dây nóng)\b[^.]{0,30}?\d{2}", re.I),
    re.compile(r"[\w.-]+@[\w-]+\.[\w.]+|\be-?mail\s*:", re.I),
    re.compile(r"\b(?:địa chỉ|trụ sở)\s*:", re.I),
    re.compile(r"^\W*(?:©\s*)?(?:cổng|trang) (?:thông tin|tin|tt)", re.I),
)

_RATING = re.compile(
    r"\W*(?:đánh giá|xếp hạng|bình chọn|rating|điểm(?: đánh giá)?|thích)(?:[\W\d]|trung bình|bình chọn|phiếu(?: bầu)?"
    r"|lượt|đánh giá|sao|điểm|trong|trên|từ|tổng số|của bài viết|bài viết|này|votes?|average|stars?|là)+",
    re.I,
)

_FILE_NAME = re.compile(r"[\w%()+~@. -]{1,80}\.(?:jpe?g|png|gif|webp|bmp|svg)|(?:image|hình|ảnh|logo)\s+banner", re.I)

_INVITATION = re.compile(
    r"\W*(?:kính )?mời (?:quý )?(?:bạn đọc|độc giả|bạn|quý vị)\b.*\b(?:vào|xem|đọc|theo dõi|truy cập|chuyên mục)\b",
    re.I,
)
_PAGE_NUMBER = re.compile(r"#\d{1,4}|[-–—]\s*\d{1,3}\s*[-–—]|trang\s+\d{1,3}(?:\s*/\s*\d{1,3})?", re.I)
_MINUTES = re.compile(r"\d{1,3}(?:\s*[-–]\s*\d{1,3})? (?:phút|minutes?|mins?)", re.I)  # that reading it takes
_RELATIVE = re.compile(
    r"\W*(?:hôm (?:nay|qua)|vừa xong|\d+ (?:phút|giờ|ngày|tuần|tháng|năm) trước)[\W\d:]*", re.I
)  # no date for ever
_SITE_NAME = re.compile(
    r"^(?i:cổng (?:thông tin|tt)|trang (?:thông tin|tin)|ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|hội đồng nhân dân"
    r"|website|cộng hòa xã hội|nước chxhcn|(?:tỉnh|huyện|xã|phường|thành phố) )|^(?i:báo|đài|sở) (?=" + CAPITAL + ")",
)
_SECTION = re.compile(
    r"^(?:tin tức|chi tiết|bản in|trang chủ|trang nhất|bài viết|tin bài|home|news)\b", re.I
)  # of any portal
_PLACE = re.compile(
    r"\b(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu|tp\.?)(?![\w])\s*(?P<behind>[^,;:–—|-]*)", re.I
)
_YEAR_OF_VISITS = re.compile(r"\bnăm\s+(20\d\d)\s*:\s*[\d.,]+", re.I)
LONGEST_LINE = 600  # letters; a longer line has sentences in it, however it begins
LONGEST_IMPRINT = 900  # letters
LONGEST_INVITATION = 160  # letters of a line that asks readers to look at something else on the portal
LONGEST_RATING = 90  # letters of a line of ratings, or of a relative date
LONGEST_BREADCRUMB = 200  # letters
MOST_CRUMBS = 3  # names of sections in a breadcrumb; a menu has more
LONGEST_SITE_NAME = 12  # words; "Sở Nông nghiệp và Môi trường tỉnh Vân Sơn" has nine
LONGEST_SECTION = 4  # words; "Tin tức - Sự kiện"
LONGEST_PLACE = 4  # words of the name of a place


@lru_cache(maxsize=4096)  # many rules ask about one line
def is_boilerplate(text: str) -> bool:
    """Return whether a line holds nothing but phrases of the portal itself: buttons, counters, ratings."""
    text = text.strip()
    if len(text) > LONGEST_LINE:
        return False
    if _FILE_NAME.fullmatch(text) or _PAGE_NUMBER.fullmatch(text) or _MINUTES.fullmatch(text):
        return True
    if len(text) < LONGEST_RATING and (_RATING.fullmatch(text) or _RELATIVE.fullmatch(text)):
        return True
    if len(text) < LONGEST_INVITATION and _INVITATION.match(text):
        return True
    glue = _GLUE.match(text)
    at = glue.end() if glue else 0
    has_words = at == len(text)
    while at < len(text):
        phrase = _PHRASE.match(text, at) or _COUNT.match(text, at)
        if not phrase or phrase.end() == at:
            return False
        has_words = has_words or phrase.re is _PHRASE
        glue = _GLUE.match(text, phrase.end())
        if not glue and phrase.end() < len(text):
            return False
        at = glue.end() if glue else phrase.end()
    return has_words


def is_imprint(text: str) -> bool:
    """Return whether a text says who makes the portal, and where: its address, licence, copyright."""
    return len(text) <= LONGEST_IMPRINT and sum(bool(each.search(text)) for each in _IMPRINT) >= 2


def is_counter(text: str) -> bool:
    """Return whether a line is boilerplate with figures: visits or ratings."""
    return is_boilerplate(text) and any(letter.isdigit() for letter in text)


def is_number(text: str) -> bool:
    """Return whether a line is nothing but a number: visits or comments, shown beside an icon."""
    return re.fullmatch(r"[\d.,]{1,9}", text) is not None


def is_breadcrumb(text: str) -> bool:
    """Return whether a line is a breadcrumb such as `Trang chủ › Tin tức › Kinh tế`."""
    if len(MENU.findall(text)) > MOST_CRUMBS:
        return False  # a menu
    return bool(re.match(r"\W*(?:trang chủ|trang nhất|home)\s*(?:[›»>/|\\→:-]|::)+\s*\S", text, re.I)) or (
        len(text) < LONGEST_BREADCRUMB
        and len(re.findall(r"\s[›»>→]\s", text)) >= 1
        and not re.search(r"[.!?]\s*$", text)
    )


def breadcrumb_steps(text: str) -> list[str]:
    """Return the steps of a breadcrumb, without the home page."""
    steps = [step.strip(" \t\xa0-:") for step in re.split(r"[›»>→|\\]+|::|\s/\s|(?<=chủ)\s*[/-]\s*", text)]
    return [s for s in steps if s and not re.fullmatch(r"(?:trang chủ|trang nhất|home)", s, re.I)]


def is_site_name(text: str) -> bool:
    """Return whether a text names a portal or an authority, as opposed to a headline about one.

    The name of an authority ends with that of its place; a headline goes on behind it: `UBND xã Tà Hừa | sơ kết…`.
    """
    words = len(re.findall(r"\w+", text))
    if _SECTION.match(text):
        section, *behind = re.split(r"\s+[-–—|:]\s+", text)
        is_section = len(re.findall(r"\w+", section)) <= LONGEST_SECTION and all(map(is_site_name, behind))
        return words <= LONGEST_SECTION or (is_section and bool(behind))
    return bool(_SITE_NAME.match(text)) and words <= LONGEST_SITE_NAME and not _goes_on_behind_place(text)


def names_place(text: str) -> bool:
    """Return whether a text names a place: `UBND xã Tà Hừa`. The name of an authority without one may be a headline."""
    return _PLACE.search(text) is not None


def _goes_on_behind_place(text: str) -> bool:
    places = list(_PLACE.finditer(text))
    behind = places[-1]["behind"].split() if places else []
    return len(behind) > LONGEST_PLACE or any(word[:1].islower() for word in behind)


def year_of_counter(lines: Iterable[str]) -> tuple[int | None, str]:
    """Return the year that a counter of visits names, and how it writes it: `Năm 2021 : 1.705.031`; or None and ""."""
    for line in lines:
        found = _YEAR_OF_VISITS.search(line)
        if found:
            return int(found[1]), found[0]
    return None, ""
