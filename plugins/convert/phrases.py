"""What portals write around an article, as phrases: toolbars, counters, labels, the heads of lists of other news."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import dates
from .dates import PageDate

_NUMBER = r"[\d.,]+"
_ATOMS = [
    r"skip to (?:main )?content|đi (?:đến|tới) nội dung(?: chính)?|chuyển (?:đến|tới) nội dung(?: chính)?|bỏ qua (?:nội dung|điều hướng)",
    r"chế độ ban đêm|chế độ (?:sáng|tối)|in trang(?: này)?|in bài(?: viết)?|bản in|xuất pdf|tải (?:về )?pdf|đọc nội dung|đọc bài(?: viết)?|nghe(?: đọc)?(?: bài| tin| nội dung)?(?: viết)?",
    r"phóng to|thu nhỏ|(?:xem )?(?:với )?cỡ chữ|font ?size|text ?size|kích (?:cỡ|thước) chữ|cỡ chữ mặc định|giảm cỡ chữ|tăng cỡ chữ|mặc định|tăng cỡ|giảm cỡ",
    r"-\s?a\s+a\s+\+\s?a|a\s?-\s+a\s+a\s?\+|-\s?a(?!\w)|\+\s?a(?!\w)|a\s?[-+](?!\w)|aa(?!\w)|a(?!\w)(?=\s*(?:[-+|]|a\b|$))",
    r"chia sẻ(?: (?:bài viết|bài|tin|lên|qua|trên|với))*(?: (?:facebook|twitter|google\s?\+?|zalo|x|linkedin|email|mạng xã hội|bạn bè))*",
    r"(?:thích|like|tweet|chia sẻ|g\+1)\s*\(?\d*\)?|facebook|twitter|google\s?\+|zalo|linkedin|pinterest|tweet|like|share|youtube|messenger|telegram|print|email|g\+",
    r"tăng (?:độ )?tương phản|giảm (?:độ )?tương phản|(?:độ )?tương phản(?: cao)?|tương phản",
    r"gửi (?:email|mail|bài viết|cho bạn bè|tin|phản hồi|bình luận|ý kiến)|sao chép (?:liên kết|link)|copy link|lưu (?:bài|tin|trang)(?: viết| này)?",
    rf"(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập|tải)(?: (?:bài viết|trang|tin))?\s*:?\s*\(?{_NUMBER}\)?|(?:đã xem|views?|xem|đọc|hits)\s*:\s*{_NUMBER}|đã xem {_NUMBER}(?: lần)?|{_NUMBER} (?:lượt|lần) (?:xem|đọc|truy cập|tải)|{_NUMBER} (?:views?|bình luận|comments?|lượt thích|chia sẻ)|(?:số )?lượt (?:xem|đọc)\s*:?",
    rf"(?:hôm nay|hôm qua|tuần (?:này|trước)|tháng (?:này|trước|\d+)|năm (?:nay|trước|\d{{4}})|tổng (?:số|cộng|lượt)(?: (?:lượt )?truy cập)?|tất cả|đang (?:online|truy cập|trực tuyến|xem)|trực tuyến|khách|thành viên|lượt truy cập|số lượt truy cập|tổng lượt truy cập)(?:\s*[:;]\s*|\s+){_NUMBER}(?: (?:khách|lượt))?",
    rf"tổng số điểm của bài viết(?: là)?\s*:?\s*{_NUMBER} trong {_NUMBER} đánh giá|click để đánh giá bài viết|xếp hạng\s*:\s*{_NUMBER}\s*-\s*{_NUMBER} phiếu bầu|đánh giá(?: bài viết)?(?: này)?\s*:?(?:\s*{_NUMBER}(?:\s*/\s*\d)?)?|bài viết (?:rất kém|kém|đạt|tốt|rất tốt)|bình chọn(?: bài viết)?|\d+\s*/\s*\d+\s*(?:\(\d+ (?:phiếu|đánh giá|lượt)[^)]*\))?|\(?\d+ (?:phiếu bầu|đánh giá|lượt đánh giá|votes?)\)?|(?:[★☆⭐]\s*)+|\d (?:sao|stars?)",
    r"bản đồ địa giới hành chính|thống kê truy cập|thống kê|số người truy cập",
    r"loading(?:…|\.{2,3})?|đang tải(?:…|\.{2,3}| dữ liệu)*|vui lòng chờ(?:…|\.{2,3})?|please wait(?:…|\.{2,3})?",
    r"trang chủ|home|đăng nhập|đăng ký|đăng xuất|liên hệ|sơ đồ (?:site|trang|cổng)|rss|site ?map|tìm kiếm|search|english|tiếng việt|menu|hỏi đáp|góp ý|thư điện tử|giới thiệu|văn bản|dịch vụ công",
    r"quay lại|trở lại|trở về|về đầu trang|lên đầu trang|về trang trước|đầu trang|lên trên|đóng|close|back to top|top|trang trước|trang sau|tiếp theo|previous|next|back",
    r"bình luận(?: của bạn)?(?: \(\d+\))?|ý kiến bạn đọc|viết bình luận|mã bảo mật|javascript|xem (?:thêm|tiếp|chi tiết)|chi tiết|bạn đã không sử dụng site[^.]*\.|theo dõi (?:chúng tôi|trên)[^.]{0,40}|nhận tin|copyright[^\n]*|©[^\n]*|bản quyền (?:thuộc|©)[^\n]*",
]
_ATOM = re.compile(r"(?:" + "|".join(_ATOMS) + r")(?![\w])", re.I)
_GLUE = re.compile(
    r"[\s|•·/»>›,.:;\-–—(){}\[\]*~=_#\u200b\ufeff\ue000-\uf8ff▲▼►◄←→↑↓⇒🖨📄🔊🔗👁📤⭐★☆✉☎🌙☀❤👍💬🏠🔍📅🕒]+"
)

MENU = re.compile(
    r"\b(?:trang chủ|giới thiệu|tin tức|sự kiện|văn bản|liên hệ|hỏi đáp|thư viện|dịch vụ công|thông báo|đăng nhập|sơ đồ|góp ý|video|chuyên mục|bộ máy|công dân|doanh nghiệp|du khách)\b",
    re.I,
)

# Alone in a line, what follows is no longer this article.
END = re.compile(
    r"(?:»|>|\*|•|-|\[)?\s*(?:(?:các )?(?:tin|bài)(?: tức)?(?: viết)?(?: khác| liên quan| cùng (?:chuyên mục|chủ đề|loại|thể loại)| mới(?: hơn| nhất| đăng| cập nhật)?| cũ hơn| đã đưa| đã đăng| nổi bật| đọc nhiều(?: nhất)?| xem nhiều(?: nhất)?| tiếp theo)(?: khác)?"
    r"|những (?:tin|bài)(?: viết)? (?:mới|cũ)(?: hơn)|những (?:tin|bài)(?: viết)? khác|có thể bạn quan tâm|bạn có thể quan tâm|đọc thêm|xem thêm|xem nhiều|đọc nhiều(?: nhất)?|tin (?:nóng|hot)|cùng chuyên mục|liên quan|bài cùng chuyên mục|tin theo ngày|các bài đã đăng|theo dòng sự kiện|tin bài (?:liên quan|khác)"
    r"|bình luận(?: \(\d+\))?|ý kiến(?: bạn đọc| của bạn)?|gửi (?:bình luận|ý kiến)|viết bình luận|tổng số điểm của bài viết.*|click để đánh giá.*|đánh giá bài viết|thống kê truy cập|liên kết (?:website|trang|web)|related (?:news|posts|articles)|(?:other|latest) news|video|thư viện ảnh|thông báo mới|văn bản mới|lịch công tác)\s*[:\]…]*(?:\.{3})?\s*$",
    re.I,
)
# May stand between two paragraphs of an article too: only what looks like links goes with it.
SOFT_END = re.compile(
    r"(?:»|>|\*|•|-|\[)?\s*(?:xem thêm|đọc thêm|xem nhiều|liên quan|video|tin liên quan|bài viết liên quan|tin bài liên quan|bài liên quan)\s*[:\]…]*",
    re.I,
)

_LABELS = {
    "date": r"(?:ngày|thời gian|thời điểm|giờ)\s+(?:đăng(?: tin| bài| tải)?|xuất bản|phát hành|đưa tin|gửi|tạo|viết)|đăng(?: tin| bài)?\s+(?:ngày|lúc|vào lúc|vào|bởi lúc)|xuất bản(?:\s+(?:ngày|lúc))?|đăng lúc|đã đăng|được (?:đăng|viết|tạo|xuất bản)(?: (?:lúc|ngày|vào))?|published(?: on)?|posted(?: on)?|ngày",
    "modified": r"(?:ngày|lần|thời gian)?\s*(?:cập nhật|sửa|chỉnh sửa)(?:\s+(?:lần cuối|cuối|mới nhất|ngày|lúc|vào lúc|vào|gần nhất|bài))*|updated?(?: on)?|last modified",
    "author": r"tác giả(?: bài viết| ảnh| và ảnh)?|người viết|bài viết của|bài(?:\s*(?:,|và|&|-|–|/|\+)\s*ảnh)?|tin(?:\s*(?:,|và|&|-|–|/|\+)\s*(?:ảnh|bài))*|tin bài|viết bởi|thực hiện|phóng viên|pv|nhóm pv|author|by|bút danh|theo tác giả",
    "poster": r"người đăng|đăng bởi|người gửi|biên tập(?: viên)?|người (?:biên tập|nhập|duyệt|kiểm duyệt|cập nhật|tổng hợp|phê duyệt)|cập nhật bởi|posted by|admin|quản trị|email tác giả|chịu trách nhiệm(?: nội dung)?",
    "source": r"nguồn(?: tin| bài| bài viết| dẫn| gốc)?|theo nguồn|nguồn tin từ|trích nguồn|source|via",
    "category": r"chuyên mục|danh mục|thể loại|lĩnh vực|chủ đề|category",
    "tags": r"từ khóa|từ khoá|tags?|thẻ|keywords?|nhãn",
    "counter": r"(?:số )?lượt (?:xem|đọc|truy cập|tải)|lần xem|đã xem|số lần (?:xem|đọc)|views?|hits|xem|đọc|bình luận|comments?|mã tin|mã bài|id",
}
_LABEL = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items()) + r")\s*[:：]\s*", re.I
)
_LOOSE = re.compile(
    r"^\W*(?P<label>(?:ngày đăng|đăng ngày|đăng lúc|đăng vào|xuất bản|cập nhật(?: lúc| ngày| vào)?|cập nhật lần cuối|published|posted|updated)(?: on)?)\s+",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[|•·¦]\s*|\s{2,}|\s+[-–—]\s+|\s*;\s*")
_THEO = re.compile(r"^[(\[]?\s*(?i:theo)\s+(?P<name>[A-ZĐÀ-Ỹ][^.!?]{1,60}?)\s*[)\]]?\.?$", re.U)
_SITE = re.compile(r"^[(\[]\s*(?:theo\s+|nguồn:?\s*)?(?P<name>(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)\s*[)\]]$", re.I)
_NAME_WORD = re.compile(r"[A-ZĐÀ-ỸẠ-Ỵ][\w'’.-]*", re.U)
_NO_NAME = re.compile(
    r"^(?:chủ tịch|phó|giám đốc|bí thư|trưởng|chánh|người ký|đã ký|nơi nhận|tm\.|kt\.|tl\.|ủy ban|uỷ ban|hội đồng|sở|ban chấp hành|chi tiết|cổng|trang|việt nam|thông báo|quyết định|kế hoạch|văn bản|tin|bài|ảnh|điều|chương|mục|phần|phụ lục|tỉnh|huyện|xã|thành phố|lạng sơn$|lai châu$|hà nội$)\b",
    re.I,
)
_AGENTS = re.compile(
    r"^(?:(?:nhóm )?(?:pv|phóng viên)|ban biên tập|bbt|btv|ctv|ban tuyên giáo|văn phòng|trung tâm (?:văn hóa|truyền thông|vh|văn hoá)|phòng (?:văn hóa|vh)|cộng tác viên)\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|administrator|quản trị(?: viên| hệ thống)?|root|user|test|editor|anonymous|khách|web ?master|super ?user|bqt|host|unknown|n/a|\W*)$|^admin|@",
    re.I,
)

_RATING = re.compile(
    r"\W*(?:đánh giá|xếp hạng|bình chọn|rating|điểm(?: đánh giá)?|thích)(?:[\W\d]|trung bình|bình chọn|phiếu(?: bầu)?|lượt|đánh giá|sao|điểm|trong|trên|từ|tổng số|của bài viết|bài viết|này|votes?|average|stars?|là)+",
    re.I,
)

_RELATIVE = re.compile(
    r"\W*(?:hôm (?:nay|qua)|vừa xong|\d+ (?:phút|giờ|ngày|tuần|tháng|năm) trước)[\W\d:]*", re.I
)  # no date for ever


@dataclass
class Metadata:
    """What the lines around an article say of it."""

    published: PageDate | None = None
    updated: PageDate | None = None
    author: str = ""
    source: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)

    def take(self, other: Metadata) -> None:
        """Add what is not yet known."""
        for name in ("published", "updated", "author", "source", "category"):
            setattr(self, name, getattr(self, name) or getattr(other, name))
        self.tags = self.tags or other.tags


def is_boilerplate(text: str) -> bool:
    """Whether a line holds nothing but the portal's own phrases: buttons, counters, ratings."""
    at, text = 0, text.strip()
    if len(text) > 600:
        return False
    if len(text) < 90 and (_RATING.fullmatch(text) or _RELATIVE.fullmatch(text)):
        return True
    glued = _GLUE.match(text)
    at = glued.end() if glued else 0
    while at < len(text):
        atom = _ATOM.match(text, at)
        if not atom or atom.end() == at:
            return False
        glued = _GLUE.match(text, atom.end())
        if not glued and atom.end() < len(text):
            return False
        at = glued.end() if glued else atom.end()
    return True


def is_counter(text: str) -> bool:
    """Whether a line is chrome with figures in it: visits or ratings."""
    return is_boilerplate(text) and any(letter.isdigit() for letter in text)


def is_breadcrumb(text: str) -> bool:
    """`Trang chủ › Tin tức › Kinh tế`."""
    if len(MENU.findall(text)) > 3:
        return False  # a menu
    return bool(re.match(r"\W*(?:trang chủ|trang nhất|home)\s*(?:[›»>/|\\→:-]|::)+\s*\S", text, re.I)) or (
        len(text) < 200 and len(re.findall(r"\s[›»>→]\s", text)) >= 1 and not re.search(r"[.!?]\s*$", text)
    )


def crumbs(text: str) -> list[str]:
    """The steps of a breadcrumb, without the home page."""
    steps = [step.strip(" \t\xa0-:") for step in re.split(r"[›»>→|\\]+|::|\s/\s|(?<=chủ)\s*[/-]\s*", text)]
    return [s for s in steps if s and not re.fullmatch(r"(?:trang chủ|trang nhất|home)", s, re.I)]


def read_labels(text: str) -> Metadata | None:
    """What a line of labels says (`Ngày đăng: … | Tác giả: … | Lượt xem: 50`), or None where it is no such line."""
    text = text.strip(" \t|•·-–—*")
    if not text or len(text) > 300:
        return None
    site = _SITE.match(text)
    if site:
        return Metadata(source=site["name"])
    theo = _THEO.match(text)
    if theo and len(text.split()) <= 9:
        return Metadata(source=theo["name"].strip())
    inner = text[1:-1].strip() if text[0] in "([" and text[-1] in ")]" else text
    whole = dates.alone(inner) or dates.alone(
        re.sub(r"(?<=:\d\d)(?:\s+[\d.,]{1,7}){1,3}$", "", inner)
    )  # counters shown as icons
    if whole:
        return Metadata(published=whole)
    found = Metadata()
    begun = [(match.lastgroup or "", match.start(), match.end()) for match in _LABEL.finditer(inner)]
    loose = _LOOSE.match(inner)
    if loose and not (begun and begun[0][1] == 0):
        kind = "modified" if loose["label"].lower().startswith(("cập", "upd")) else "date"
        begun.insert(0, (kind, 0, loose.end()))
    if not begun:
        if len(inner) < 200 and _plain(inner, found) and found.published:
            return found
        return _byline(inner)
    if not _plain(inner[: begun[0][1]], found):
        return None
    ends = [start for _, start, _ in begun[1:]] + [len(inner)]
    for (kind, _, start), end in zip(begun, ends, strict=True):
        sure = bool(re.search(r"(?:tác giả|người viết|author|viết bởi)[^:]{0,16}:\s*$", inner[:start], re.I))
        if not _labelled(kind, inner[start:end].strip(" \t|•·-–—;,"), found, sure):
            return None
    return found


def _byline(text: str) -> Metadata | None:
    """`Lê Dũng | 01/03/2021 08:15`: a name and a date, and nothing else."""
    pieces = [piece for piece in re.split(r"\s*[|•·¦]\s*|\s+[-–—]\s+", text) if piece.strip()]
    moments = [dates.alone(piece) for piece in pieces]
    names = [piece for piece, moment in zip(pieces, moments, strict=True) if not moment and not is_boilerplate(piece)]
    if len(pieces) > 1 and sum(map(bool, moments)) == 1 and len(names) == 1 and is_name(names[0]):
        return Metadata(published=next(filter(None, moments)), author=clean_name(names[0]))
    return None


def _plain(text: str, found: Metadata) -> bool:
    """Whether an unlabelled piece is a date, chrome or nothing."""
    text = text.strip(" \t|•·-–—;,()[]")
    if not text or is_boilerplate(text) or re.fullmatch(r"[\d.,]{1,9}", text):
        return True
    moment = dates.alone(text)
    if moment:
        found.published = found.published or moment
        return True
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    return len(pieces) > 1 and all(_plain(piece, found) for piece in pieces)


def _labelled(kind: str, value: str, found: Metadata, sure: bool) -> bool:
    if kind in ("date", "modified"):
        pieces = [value, *[p for p in re.split(r"\s*[|•·¦]\s*", value) if p != value]]
        moment = next((m for m in map(dates.alone, pieces) if m), None)
        if moment is None:
            match = re.split(
                r"\s+[-–—]\s+(?=[^\d\W])|\s*\((?=[^\d)]*\d+ lượt)|\s+(?:by|bởi|viết bởi)\s+",
                value,
                maxsplit=1,
                flags=re.I,
            )
            moment = dates.alone(match[0])
            if moment is None:
                return not value
            if len(match) > 1 and not _plain(match[1], found):
                found.author = found.author or (clean_name(match[1]) if is_name(match[1]) else "")
        name = "published" if kind == "date" else "updated"
        setattr(found, name, getattr(found, name) or moment)
        return True
    head, *more = re.split(r"\s*[|•·¦]\s*", value)
    for piece in more:
        if not _plain(piece, found):
            return False
    if kind == "counter":
        return bool(re.fullmatch(r"[\d.,\s()]*(?:lượt|lần)?(?:\s*xem)?", head, re.I)) or _plain(head, found)
    if len(head) > (200 if kind == "tags" else 90):
        return False
    if kind == "author":
        pieces = re.split(r"\s*[;,–-]\s*(?=(?:theo|nguồn)\s)", head, maxsplit=1, flags=re.I)
        if len(pieces) > 1:
            found.source = found.source or re.sub(r"^(?:theo|nguồn)\s+", "", pieces[1], flags=re.I)
        pieces[0] = re.split(r"\s*[;,–-]\s*ảnh\s*:", pieces[0], flags=re.I)[0]
        words = pieces[0].split()
        if (
            re.search(r"[.!?…]\s+\S", pieces[0])
            or len(words) > 14
            or (len(words) > 5 and not is_name(pieces[0]) and (pieces[0].endswith((".", "!", "?")) or not sure))
        ):
            return False  # `Tin: …` that goes on as a sentence
        found.author = found.author or clean_name(pieces[0])
    elif kind == "source":
        found.source = found.source or head.strip(" .()[]")
    elif kind == "category":
        found.category = found.category or head.strip(" .")
    elif kind == "tags":
        found.tags = found.tags or [tag.strip(" .#") for tag in re.split(r"[,;#]", head) if tag.strip(" .#")]
    return True


def clean_name(text: str) -> str:
    """A name without brackets, full stop and dashes around it; empty for `admin` and the like."""
    text = re.sub(r"^(?:tin|bài)?\s*(?:,|và|&)?\s*(?:ảnh)?\s*:\s*", "", text.strip(), flags=re.I)
    text = text.strip(" \t.,;:*_-–—|/")
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    return "" if _NOBODY.search(text) else text


def is_name(text: str) -> bool:
    """Whether a bare short line can be the name of one who wrote: `Thùy Linh`, `Hà My – Quốc Đạt`, `PV`."""
    text = clean_name(text)
    if not 2 <= len(text) <= 60 or re.search(r"[\d:;!?\"“”…@#]", text):
        return False
    if _AGENTS.match(text):
        return len(text.split()) <= 9
    if _NO_NAME.match(text):
        return False
    people = re.split(r"\s*(?:[,&+/]|\s[-–—]\s|\s+và\s+|(?<=\w)[-–—](?=\w))\s*", re.sub(r"\s*\([^)]*\)$", "", text))
    return (
        all(1 <= len(p.split()) <= 5 and all(_NAME_WORD.fullmatch(w) for w in p.split()) for p in people)
        and (len(text.split()) > 1 or len(text) <= 12)
        and not (text.isupper() and len(text.split()) > 4)
    )


def people(author: str) -> list[str]:
    """The single names of a line of authors."""
    if _AGENTS.match(author):
        return [author]
    parts = re.split(r"\s*[,;&+/]\s*|\s+[-–—]\s+|\s+và\s+", author)
    good = [part.strip() for part in parts if part.strip()]
    return good if all(_NAME_WORD.match(part) for part in good) else [author]
