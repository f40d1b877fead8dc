"""Line breaks in headlines."""

from __future__ import annotations

from itertools import product

import pytest
from markupsafe import Markup

from plugins.languages import language
from plugins.portal.filters import language_filters
from tests.browser.pages import LONGER
from tests.browser.readers import Readers

WHO = [
    "Chủ tịch UBND tỉnh Trần Tiến Dũng",
    "Phó Chủ tịch tỉnh Giàng A Tính",
    "Đoàn công tác 27 cán bộ của Sở Nội vụ",
    "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
    "15 bác sĩ trẻ của Bệnh viện đa khoa Vân Sơn",
    "Hợp tác xã chè Shan tuyết Nà Lẹng",
    "Bà Nguyễn Thị Minh Khai, 82 tuổi,",
    "Uỷ ban nhân dân xã Khau Mười",
    "Tổ công tác số 3 của huyện Mường Hon",
    "Nghệ nhân Lò Thị Ính ở Bản Lềnh",
]
WHAT = [
    "kiểm tra việc thực hiện nhiệm vụ, kết luận, chỉ đạo",
    "trao đổi kinh nghiệm phòng chống rét đậm cho 1.204 con gia súc",
    "mở lớp dạy điệu xoè cổ cho 45 học sinh trung học",
    "họp bàn phương án thông xe đèo Mây sau 10 ngày sạt lở",
    "đón 300 khách đầu tiên trong năm 2026",
    "khởi công kè suối Nậm Lẻng",
]
WHERE = [
    "tại cửa khẩu Ma Lù Thàng",
    "ở Pác Luông và Khau Mười",
    "trước ngày 15 tháng 12",
    "với sự giúp đỡ của Hội Chữ thập đỏ Vân Sơn",
    "trên địa bàn 20 xã, phường của tỉnh",
]
# The phrases of the headline that stand in more than one line though a line has room for them.
BROKEN = """(headlines) => {
  const h1 = document.querySelector("h1"), broken = [];
  let phrases = 0;
  for (const [html, long] of headlines) {
    h1.innerHTML = html;
    h1.className = long ? "long" : "";
    for (const phrase of h1.querySelectorAll(".nb")) {
      const range = document.createRange();
      range.selectNodeContents(phrase);
      phrases++;
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (lines.size > 1) broken.push(phrase.textContent);
    }
  }
  return [phrases, broken, document.scrollingElement.scrollWidth - innerWidth];
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_none_of_three_hundred_headlines_breaks_within_a_name_or_after_a_number(readers: Readers, width: int) -> None:
    mark = language_filters({"vi": language("vi")})["headline"]
    texts = [" ".join(parts) for parts in product(WHO, WHAT, WHERE)]
    headlines = [(str(mark(text, "vi")), len(text) > 110) for text in texts]
    assert len(headlines) == 300 and max(map(len, texts)) > 130
    assert [Markup(html).striptags() for html, _ in headlines] == texts
    phrases, broken, overhang = readers.open(LONGER, width=width).evaluate(BROKEN, headlines)
    assert phrases > 600 and not broken and overhang <= 0
