"""Invented articles in the manner of provincial portals, with labels for each. Nothing is copied."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from datetime import datetime

PLACES = [
    "xã Nà Lẹng",
    "huyện Khau Mười",
    "thị trấn Đèo Mây",
    "xã Pắc Luông",
    "huyện Vân Thượng",
    "bản Nậm Leng",
    "phường Trung Tâm",
    "xã Tả Sin",
]
LEADERS = [
    "Nông Văn Thức",
    "Giàng A Lềnh",
    "Lò Thị Ính",
    "Hoàng Minh Quyết",
    "Mạc Tiến Lâm",
    "Vàng Seo Dìn",
    "Trần Quốc Việt",
    "Đặng Thị Hòa",
]
ROLES = [
    "Phó Chủ tịch UBND tỉnh",
    "Chủ tịch UBND huyện",
    "Giám đốc Sở Nông nghiệp và Môi trường",
    "Phó Bí thư Thường trực Tỉnh ủy",
    "Chánh Văn phòng UBND tỉnh",
    "Trưởng Ban Dân tộc tỉnh",
]
TOPICS = [
    "xây dựng nông thôn mới",
    "cải cách hành chính",
    "giải ngân vốn đầu tư công",
    "phòng, chống thiên tai",
    "trồng rừng gỗ lớn",
    "phát triển du lịch cộng đồng",
    "chuyển đổi số",
    "giảm nghèo bền vững",
]
AUTHORS = [
    "Thu Hà",
    "Lê Quang",
    "Minh Đức",
    "Hoàng Yến",
    "Nông Thị Bích",
    "PV",
    "Tuấn Anh",
    "Vàng Mỷ",
    "Đức Thịnh",
    "H'Mai",
    "Khánh Ly",
    "Ban Biên tập",
]
SOURCES = [
    "Báo Vân Sơn",
    "Sở Công Thương",
    "TTXVN",
    "Trung tâm Truyền thông tỉnh",
    "vanson.example",
    "Văn phòng UBND tỉnh",
]
CATEGORIES = ["Kinh tế", "Chính trị", "Văn hóa - Xã hội", "Nông nghiệp", "Hoạt động của lãnh đạo", "Tin trong tỉnh"]
OTHERS = [
    "Hội nghị sơ kết phong trào thi đua khối các cơ quan",
    "Khai giảng lớp bồi dưỡng kiến thức quốc phòng đợt hai",
    "Bàn giao nhà tình nghĩa cho gia đình chính sách",
    "Ra quân chiến dịch làm sạch lòng hồ",
    "Giải bóng chuyền hơi người cao tuổi thành công tốt đẹp",
    "Kiểm tra công tác bầu cử tại các xã vùng cao",
]
TEASERS = [
    "Sáng 12/5, các vận động viên đã có mặt từ sớm để khởi động, sẵn sàng cho ngày thi đấu.",
    "Nhiều tuyến đường liên thôn được sửa lại sau mùa mưa, bà con phấn khởi.",
    "Hơn hai trăm đoàn viên tham gia dọn rác ven hồ trong buổi sáng chủ nhật.",
]


@dataclass(frozen=True)
class Part:
    """One part of a text.

    kind: p, h, img, ul, ol, table or quote; words: its text; items: of a list, or rows; alt, link: of a picture.
    """

    kind: str
    words: str = ""
    items: tuple = ()
    alt: str = ""
    link: str = ""


@dataclass(frozen=True)
class Story:
    """An article with its labels. date None: its page does not say when it was published."""

    number: int
    title: str
    lead: str
    date: datetime | None
    author: str
    source: str
    category: str
    tags: tuple[str, ...]
    parts: tuple[Part, ...]
    lost: tuple[str, ...] = field(default=())

    @property
    def captions(self) -> list[str]:
        return [part.words for part in self.parts if part.kind == "img" and part.words]

    @property
    def sentences(self) -> list[str]:
        """Return paragraphs, headings, items and cells, in order, without lead and captions."""
        texts: list[str] = []
        for part in self.parts:
            if part.kind in ("p", "h", "quote"):
                texts.append(part.words)
            elif part.kind in ("ul", "ol"):
                texts += part.items
            elif part.kind == "table":
                texts += [cell for row in part.items for cell in row]
        return texts


def story(number: int, seed: int = 0) -> Story:
    """Return the article of a number, always the same."""
    rng = random.Random(f"{seed}-{number}")
    place, leader, role, topic = (rng.choice(each) for each in (PLACES, LEADERS, ROLES, TOPICS))
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2009, 2025)
    title = rng.choice(
        [
            f"{role} {leader} kiểm tra công tác {topic} tại {place}",
            f"{place[:1].upper()}{place[1:]} đẩy mạnh {topic} trong {rng.randint(3, 9)} tháng đầu năm {year}",
            f"Hội nghị sơ kết công tác {topic} năm {year}",
            f"“Chìa khóa” {topic} ở {place}",
            f"Họp Ban Chỉ đạo {topic}: Tháo gỡ từng việc cụ thể",
            f"Thông báo về việc lấy ý kiến dự thảo kế hoạch {topic} giai đoạn {year}-{year + 5}",
            f"{rng.randint(12, 480)} hộ dân {place} nhận hỗ trợ sau mưa lũ",
        ]
    )
    lead = rng.choice(
        [
            (
                f"Sáng {day}/{month}, đồng chí {leader}, {role} đã kiểm tra việc thực hiện công tác {topic} tại "
                f"{place}. Cùng dự có lãnh đạo các sở, ngành liên quan."
            ),
            (
                f"Ngày {day}/{month}/{year}, tại {place}, UBND tỉnh tổ chức hội nghị đánh giá kết quả công tác "
                f"{topic}, bàn giải pháp cho thời gian tới."
            ),
            (
                f"Thời gian qua, cấp ủy, chính quyền {place} đã có nhiều cách làm sáng tạo trong {topic}, được "
                "người dân đồng tình ủng hộ."
            ),
            (
                f"(BVS) - Chiều nay ({day}/{month}), Thường trực Tỉnh ủy nghe báo cáo về {topic}; đồng chí "
                f"{leader}, {role} chủ trì."
            ),
        ]
    )
    parts = _parts(rng, place, leader, role, topic, year, number)
    return Story(
        number,
        title,
        lead,
        datetime(year, month, day, rng.randint(7, 20), rng.randint(1, 59)),
        rng.choice(AUTHORS) if number % 9 else "",
        rng.choice(SOURCES) if number % 3 == 0 else "",
        rng.choice(CATEGORIES),
        tuple(rng.sample(TOPICS, 2)),
        tuple(parts),
    )


def _parts(rng: random.Random, place: str, leader: str, role: str, topic: str, year: int, number: int) -> list[Part]:
    def paragraph() -> str:
        sentences = [
            (
                f"Theo báo cáo, đến ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}/{year}, toàn tỉnh đã hoàn "
                f"thành {rng.randint(20, 99)}/{rng.randint(100, 150)} nhiệm vụ được giao, bằng "
                f"{rng.randint(40, 98)},{rng.randint(1, 9)}% kế hoạch."
            ),
            (
                f"Tại {rng.choice(PLACES)}, các hộ đã đăng ký {rng.randint(2, 90)} ha, trong đó "
                f"{rng.randint(1, 60)} ha đã trồng; tỷ lệ sống đạt trên 90%."
            ),
            (
                "Tuy nhiên, một số địa phương còn lúng túng, hồ sơ chậm, việc phối hợp giữa các đơn vị có lúc "
                "chưa chặt chẽ..."
            ),
            (
                f"Phát biểu kết luận, đồng chí {leader} đề nghị các cơ quan rà soát từng việc, rõ người, rõ thời "
                "hạn; kịp thời báo cáo khó khăn, vướng mắc để tháo gỡ."
            ),
            (
                f"Nguồn vốn bố trí năm {year} là {rng.randint(10, 99)}.{rng.randint(100, 999)} triệu đồng (vốn "
                f"trung ương {rng.randint(5, 60)}%), đến nay đã giải ngân quá nửa."
            ),
            (
                f"Ông {rng.choice(LEADERS)}, người dân {place}, cho biết: “Trước đây đi lại khó lắm, nay xe vào "
                "tận bản, bán được nông sản nên bà con mừng.”"
            ),
            (
                f"Đoàn đã đi thực tế tại {rng.randint(2, 5)} điểm, nghe ý kiến của cán bộ cơ sở và của hơn "
                f"{rng.randint(20, 200)} hộ dân."
            ),
            (
                f"Việc {topic} gắn với Nghị quyết số {rng.randint(1, 40)}-NQ/TU được xác định là nhiệm vụ trọng "
                "tâm, xuyên suốt trong thời quan qua."
            ),
            (
                "Thời gian tới, tỉnh tiếp tục ưu tiên nguồn lực, đẩy mạnh tuyên truyền, ứng dụng công nghệ thông "
                "tin, lấy sự hài lòng của người dân làm thước đo."
            ),
        ]
        return " ".join(rng.sample(sentences, rng.randint(2, 4)))

    captions = rng.sample(
        [
            "Quang cảnh hội nghị",
            f"Đồng chí {leader}, {role} phát biểu tại buổi làm việc.",
            f"Lãnh đạo tỉnh tặng quà các hộ dân {place}",
            f"Đoàn công tác kiểm tra thực tế tại {place}",
            f"Các đại biểu dự hội nghị. Ảnh: {rng.choice(AUTHORS[:5])}",
            "Người dân thu hoạch chè vụ thu",
            f"Đồng chí {leader} phát biểu kết luận hội nghị",
            "Một góc trung tâm xã hôm nay",
        ],
        3,
    )
    parts = [Part("p", paragraph()) for _ in range(rng.randint(3, 7))]
    for at in range(number % 4):
        alt = captions[at - 1] if at % 2 else ""
        parts.insert(
            rng.randint(0, len(parts) - 1), Part("img", captions[at - 1], alt=alt, link=f"anh-{number}-{at}.jpg")
        )
    while any(a.kind == b.kind == "img" for a, b in itertools.pairwise(parts)):  # two pictures in a row share a caption
        at = next(i for i, (a, b) in enumerate(itertools.pairwise(parts)) if a.kind == b.kind == "img")
        parts.insert(at + 1, Part("p", paragraph()))
    if number % 5 == 1:
        parts[-1:-1] = [
            Part("h", "1. Kết quả đạt được"),
            Part("p", paragraph()),
            Part("h", "2. Nhiệm vụ trọng tâm"),
            Part("p", paragraph()),
        ]
    if number % 5 == 2:
        parts[-1:-1] = [
            Part("p", "Hội nghị thống nhất một số nội dung sau:"),
            Part(
                "ul",
                items=tuple(
                    f"{verb} {rng.choice(TOPICS)} ở {rng.choice(PLACES)};"
                    for verb in ("Tiếp tục", "Đẩy mạnh", "Rà soát")
                ),
            ),
        ]
    if number % 5 == 3:
        rows = [
            ("Địa phương", "Kế hoạch (ha)", "Thực hiện (ha)"),
            *((p, str(rng.randint(10, 99)), str(rng.randint(5, 60))) for p in rng.sample(PLACES, 3)),
        ]
        parts.insert(-1, Part("table", items=tuple(rows)))
    if number % 5 == 4:
        parts.insert(
            -1,
            Part(
                "quote",
                (
                    f"Việc gì có lợi cho dân thì dù khó mấy cũng phải làm cho bằng được, đồng chí {leader} nhấn mạnh "
                    "với cán bộ xã."
                ),
            ),
        )
    if number % 7 == 0:
        parts[-1] = Part("p", parts[-1].words.rstrip(".") + "./.")
    return parts
