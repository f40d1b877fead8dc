"""Invented articles for pages that are laid out by hand; other habits of headlines and paragraphs than stories.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Told:
    """What a page tells: title, lead, paragraphs, captions, author and date of publication."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...] = ()
    author: str = ""
    date: datetime = datetime(2016, 4, 30, 11, 39)


CANAL = Told(
    "UBND xã Tà Hừa sơ kết công tác thủy lợi",
    "Sáng 12/3, xã Tà Hừa họp sơ kết công tác thủy lợi ba tháng đầu năm.",
    (
        "Đến nay xã đã nạo vét được 4,2 km kênh mương.",
        "Hai bản còn lại hẹn làm xong trước vụ cấy.",
        "Ông Lù Văn Sần, trưởng bản Pá Mô, nói nước đã về tới thửa ruộng cuối cùng của bản.",
    ),
    ("Bà con bản Pá Mô nạo vét kênh",),
    "Lường Thắm",
    datetime(2019, 3, 13, 8, 5),
)
BRIDGE = Told(
    "Cầu treo Nậm Cuổi thông xe sau 14 tháng thi công",
    "Người dân ba bản bên kia suối không còn phải đi bè mảng vào mùa lũ, khi cây cầu treo dài 96 m được đưa vào sử "
    "dụng từ ngày hôm qua.",
    (
        "Cầu rộng 2,4 m, chịu được xe máy và xe thồ; hai đầu có biển ghi tải trọng.",
        (
            "Trước đây, học sinh của điểm trường Huổi Lướt phải nghỉ học mỗi khi nước lên. Năm ngoái các em "
            "nghỉ tất cả 19 "
            "buổi, thầy cô vượt suối sang dạy bù vào chủ nhật."
        ),
        "“Tôi gùi ngô qua cầu chỉ mất năm phút”, chị Quàng Thị Ún kể.",
        "Kinh phí 3,1 tỷ đồng do các nhà hảo tâm và ngân sách huyện cùng đóng góp.",
        "Ban quản lý cầu do dân bầu sẽ kiểm tra cáp và ván mặt cầu vào ngày mồng một hằng tháng.",
    ),
    ("Cầu treo Nậm Cuổi trong ngày thông xe", "Học sinh Huổi Lướt đi học qua cầu mới"),
    "Minh Hạnh",
    datetime(2016, 4, 30, 11, 39),
)
TEA = Told(
    "Vì sao chè cổ thụ Suối Lềnh mất mùa?",
    "Sương muối kéo dài nhiều ngày hồi tháng Giêng đã làm cháy búp hơn một nửa số cây chè cổ thụ ở Suối Lềnh.",
    (
        "Theo trạm khuyến nông, vùng chè có 1.840 cây trên trăm tuổi, phần lớn ở độ cao 1.500 m.",
        "Búp non gặp sương thì đen lại chỉ sau một đêm; cây phải mất ba tuần mới ra lứa khác.",
        (
            "Hợp tác xã đã mượn bạt của bà con làng hoa để che thử cho 60 cây ở gần nhà, kết quả khá tốt nhưng "
            "không thể làm "
            "cho cả đồi."
        ),
        "Giá chè khô vì thế tăng từ 400.000 đồng lên 650.000 đồng một cân.",
        "Cán bộ trạm khuyên các hộ không bón đạm trong lúc cây còn yếu.",
    ),
    ("Búp chè cháy vì sương muối", "Che bạt cho chè ở xóm Ngoài"),
    "Quốc Bảo",
    datetime(2013, 12, 5, 15, 42),
)
LIBRARY = Told(
    "Tủ sách đầu bản",
    "Mỗi chiều thứ bảy, hiên nhà bà Seo ở đầu bản lại đông trẻ con đến mượn truyện.",
    (
        "Tủ sách bắt đầu từ 40 cuốn cũ mà con gái bà mang về sau khi học xong sư phạm.",
        (
            "Nay đã có gần 900 cuốn, xếp theo màu gáy vì bà không biết chữ: xanh là truyện, đỏ là sách học, "
            "vàng là sách "
            "của người lớn."
        ),
        "Ai mượn thì buộc một sợi len vào cột; trả rồi thì tháo ra.",
        "Thư viện huyện hứa mỗi quý gửi lên thêm một thùng.",
    ),
    ("Bà Seo bên tủ sách",),
    "Hà Vi",
    datetime(2020, 2, 6),
)
FLOOD = Told(
    "Ban Chỉ huy phòng thủ dân sự tỉnh yêu cầu các hồ chứa vận hành đúng quy trình trước 18 giờ hôm nay",
    "Mưa lớn từ đêm 3/8 làm mực nước ba hồ chứa lên nhanh, có nơi chỉ còn cách ngưỡng tràn 40 cm.",
    (
        "Công điện gửi lúc 9 giờ sáng nêu rõ việc xả phải báo cho hạ du ít nhất bốn giờ trước khi mở cửa.",
        "Các xã ven sông cử người trực loa suốt đêm; ai ở nhà tạm thì dời lên trường học.",
        "Điện lực cắt điện sáu trạm biến áp nằm dưới cao trình 112 m.",
        "Tính đến 10 giờ, chưa có thiệt hại về người. Hai cầu tràn ở xã Mường Lạn ngập sâu 0,7 m, xe không qua được.",
    ),
    ("Hồ Bản Chát lúc 8 giờ sáng 4/8",),
    "PV",
    datetime(2023, 8, 4, 10, 30),
)
CATTLE = Told(
    "Sở Nông nghiệp tạm dừng đưa gia súc qua hai chốt Pa Khôm, Sin Hồ",
    "Từ 0 giờ ngày 17/11, trâu bò không được đưa qua hai chốt kiểm dịch Pa Khôm và Sin Hồ cho tới khi "
    "có thông báo mới.",
    (
        "Lý do là ổ dịch lở mồm long móng phát hiện hôm 14/11 ở bản Nà Ư.",
        "Cơ quan thú y đã tiêm 2.300 liều vắc xin bao quanh ổ dịch.",
        "Chủ hộ có gia súc chết phải báo ngay cho trưởng bản, không được bán chạy.",
        "Người đi đường vẫn qua lại bình thường, xe tải phải phun khử trùng.",
    ),
    ("Chốt kiểm dịch Pa Khôm",),
    "Đinh Lâm",
    datetime(2011, 5, 12, 10, 26),
)
CONTEST = Told(
    "Hội thi “Nhà nông đua tài”: đội Mường Thín nhất toàn đoàn",
    "Sau hai ngày tranh tài, đội Mường Thín giành giải nhất với 286 điểm, hơn đội về nhì đúng một điểm.",
    (
        "Phần thi chấm giống lúa bằng mắt thường được khán giả cổ vũ nhiều nhất.",
        "Chị Lò Thị Phương của đội chủ nhà đoán đúng cả chín giống trong chưa đầy hai phút.",
        "Đội Pú Nhi được giải phong cách vì vở kịch ngắn về phân bón giả.",
        "Ban giám khảo cho biết sang năm hội thi sẽ có thêm phần sửa máy cày.",
    ),
    ("Đội Mường Thín nhận cờ giải nhất", "Phần thi chấm giống lúa"),
    "Thanh Loan",
    datetime(2025, 3, 13, 9, 20),
)
NOTICE = Told(
    "Thông báo nghỉ bốc thăm nhà ở xã hội đợt 2",
    "Buổi bốc thăm ngày 9/6 hoãn sang ngày 16/6 vì hội trường mất điện.",
    ("Ai đã nộp hồ sơ thì không phải nộp lại.",),
    (),
    "",
    datetime(2022, 6, 8),
)
CLINIC = Told(
    "HĐND huyện giám sát trạm y tế: thiếu thuốc, thừa biểu mẫu",
    "Đoàn giám sát của Hội đồng nhân dân huyện vừa kết thúc đợt kiểm tra mười một trạm y tế xã.",
    (
        "Bảy trạm thiếu thuốc huyết áp từ đầu quý vì gói thầu chậm bốn tháng.",
        "Mỗi trạm lại phải ghi 37 loại sổ, trong đó 12 loại ghi cùng một nội dung.",
        "Trưởng trạm Chiềng Ngàm đề nghị bỏ các sổ trùng nhau để có thêm người đi bản.",
        "Đoàn sẽ kiến nghị tại kỳ họp cuối năm, kèm theo danh mục thuốc mà từng trạm cần nhất.",
    ),
    ("Đoàn kiểm tra kho thuốc ở trạm Chiềng Ngàm",),
    "Bích Ngọc",
    datetime(2024, 10, 22, 16, 0),
)
STORIES = (CANAL, BRIDGE, TEA, LIBRARY, FLOOD, CATTLE, CONTEST, NOTICE, CLINIC)
