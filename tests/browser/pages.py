"""The pages that the tests open: at least one of every kind, and one article with everything an article can have."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.browser.readers import MISSING

LONGER = "/bai-viet/lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly/"
SHORTER = "/bai-viet/kiem-tra-nhiem-vu-ban-quan-ly-khu-kinh-te-cua-khau-dong-dang-lang-son/"
REPORT = "/bai-viet/duong-len-deo-may-thong-xe-sau-muoi-ngay-sat-lo/"
SAMPLE = "/bai-viet/mau-du-moi-thu/"
HOME, NEWS, CATEGORY = "/", "/tin-moi/", "/chuyen-muc/kinh-te-cua-khau/"

# One page of each kind.
PAGES = {
    "home": HOME,
    "article (longer)": LONGER,
    "article (everything)": SAMPLE,
    "page": "/tro-nang/",
    "category": CATEGORY,
    "archive": "/luu-tru/",
    "site map": "/so-do-trang/",
    "podcast": "/podcast/",
    "search": "/tim-kiem/?q=cua+khau",
    "web service": "/api/",
    "visits": "/thong-ke/",
    "notice": "/thong-bao/cam-xe-qua-deo-may-vi-sat-lo/",
    "map": "/ban-do/",
    "unit of the map": "/ban-do/xa-khau-muoi/",
    "not found": MISSING,
    "English article": "/en/bai-viet/walking-the-terraces-in-the-harvest-season/",
}
# Further ones of the same kinds, with other content; tests/audit looks at them.
SIMILAR_PAGES = {
    "article (shorter)": SHORTER,
    "article (report)": REPORT,
    "notices": "/thong-bao/",
    "topic": "/chu-de/giao-thong/",
    "author": "/tac-gia/giang-mi-phong/",
    "month": "/luu-tru/2026/11/",
    "year": "/luu-tru/2026/",
    "all news": NEWS,
    "all news (oldest)": "/tin-moi/trang-1/",
    "saved articles": "/bai-da-luu/",
    "English home": "/en/",
}
ADDRESSES = PAGES | SIMILAR_PAGES

SAMPLE_PICTURES = {"dung.png": (900, 1500), "nho.png": (160, 120)}  # width and height in px


def draw_pictures(folder: Path) -> None:
    """Draw the pictures that only the sample article shows."""
    for name, (width, height) in SAMPLE_PICTURES.items():
        picture = Image.new("RGB", (width, height), "#4a6670")
        for band in range(4):
            colour = ("#8a1f14", "#c9a24b", "#3d5a3c", "#ece0c8")[band]
            picture.paste(colour, (width // 8, height * band // 4 + 4, width * 7 // 8, height * (band + 1) // 4 - 4))
        picture.save(folder / name)


SAMPLE_HEADER = {
    "title": "“Nghiễm nhiên Ẩ Ễ Ộ Ữ Ậ Ặ” – bài mẫu đủ mọi thứ một bài có thể có, để thử mọi kiểu chữ",
    "slug": "mau-du-moi-thu",
    "summary": "Bảng, chú thích, trích dẫn, danh sách, mã, từ viết tắt và một địa chỉ rất dài.",
    "source": "langson.gov.vn",
    "source_url": "https://langson.gov.vn/",
    "authors": "\n  - Giàng Mí Phong\n  - Ữ Thị Ậm",
    "tags": "\n  - chè\n  - ruộng bậc thang",
}
SAMPLE_BODY = """
Đoạn mở đầu có **chữ đậm**, *chữ nghiêng*, <mark>chữ đánh dấu Ẫ ệ</mark>, một [đường dẫn ra ngoài](https://laichau.gov.vn/),
một [đường dẫn có địa chỉ rất dài](https://example.org/van-ban/2026/quyet-dinh-ban-hanh-quy-che-phoi-hop-\
tiep-nhan-xu-ly-phan-anh?trang=1&co=50)
và một chú thích.[^1] Viết liền không có chỗ ngắt: khongcochongatdongnaotrongchunaydaihonmotdong\
cuadienthoainhonhatmachungtabiet.

## Mục lớn: Ẩ Ễ Ộ Ữ ậ ệ ở đầu dòng và cuối dòng, đủ dài để xuống hàng mấy lần

### Mục vừa: Ẫ Ổ Ỗ Ử ặ ợ

#### Mục nhỏ: Ằ Ẵ Ỡ ụ ỵ

- Ý thứ nhất
- Ý thứ hai
    - Ý con, có [đường dẫn](https://langson.gov.vn/)
        1. Bước một
        2. Bước hai

> Câu trích thứ nhất, đủ dài để thành hai dòng trên một màn hình điện thoại nhỏ.
>
> — Lò Thị Ính, xã Nà Lẹng

Bảng: Nhiều cột hơn bề ngang điện thoại

| Xã | Số hộ | Diện tích (ha) | Sản lượng (tấn) | Tỉ lệ giải ngân | Cơ quan chịu trách nhiệm |
| --- | ---: | ---: | ---: | :-: | --- |
| **Khau Mười** | 1.204 | 318,5 | 1.020 | 61,36% | Uỷ ban nhân dân xã Khau Mười |
| **Nà Lẹng** | 987 | 240,0 | 830 | 48,10% | Uỷ ban nhân dân xã Nà Lẹng |

| Ngày | Nơi |
| --- | --- |
| 01/12 | Nhà văn hoá Bản Lềnh |

<details><summary>Xem thêm cách tính</summary><p>Cách tính theo quy chế mẫu.</p></details>

Một từ viết tắt: <abbr title="Uỷ ban nhân dân">UBND</abbr>; phím <kbd>Ctrl</kbd>; m<sup>3</sup> và CO<sub>2</sub>; \
<del>bỏ</del> <ins>thêm</ins>.

```
mot_dong_ma_rat_dai = "không xuống dòng được, phải cuộn ngang trong khung của nó mà thôi, không cuộn cả trang"
```

<p><b>Bảng 2. Bảng dán từ Word</b></p>
<table border="1" style="width:900px"><tr><th>Thôn</th><th>Trưởng thôn</th><th>Điện thoại liên hệ trong giờ hành \
chính</th><th>Nghiêng</th><th>Trưởng</th><th>Chuyên</th></tr>
<tr><td><p>Bản Lềnh</p></td><td>Lò Thị Ính</td><td>0200 000 0000</td>\
<td>1.234.567</td><td>2.345.678</td><td>3.456.789</td></tr></table>

Xem [danh sách tin](/tin-moi/).

Về [chú thích](#fn:1).

![Tranh vẽ: đường đèo uốn khúc giữa núi xanh, hai xe tải đang leo dốc](../../images/deo.png "Lời chú của tranh, có Ẩ \
Ễ Ộ Ữ")

![Tấm bảng cao và hẹp, bốn dải màu từ trên xuống](../../images/dung.png "Ảnh đứng")

![Phù hiệu nhỏ hình vuông hai màu](../../images/nho.png "Ảnh nhỏ")

***

Đoạn cuối, nhắc lại chú thích thứ hai[^2] và lần nữa.[^2]

[^1]: Lời chú thích thứ nhất.
[^2]: Lời chú thích thứ hai, có [đường dẫn](https://laichau.gov.vn/).
"""
