"""Tables of letters, units and abbreviations in official Vietnamese texts, with their spoken words."""

from __future__ import annotations

LETTER_NAMES = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "đê", "Đ": "đê", "E": "e", "Ê": "ê", "F": "ép",
    "G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "O": "o", "Ô": "ô",
    "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "rờ", "S": "sờ", "T": "tê", "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép",
    "X": "ích", "Y": "i dài", "Z": "dét",
}  # fmt: skip
UNITS = {
    "km2": "ki lô mét vuông", "km²": "ki lô mét vuông", "m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối",
    "m³": "mét khối", "km": "ki lô mét", "cm": "xăng ti mét", "mm": "mi li mét", "m": "mét", "ha": "héc ta",
    "kg": "ki lô gam", "g": "gam", "l": "lít", "ml": "mi li lít", "kW": "ki lô oát", "kWh": "ki lô oát giờ",
    "MW": "mê ga oát", "kV": "ki lô vôn", "kVA": "ki lô vôn am pe", "V": "vôn", "W": "oát",
    "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "°C": "độ xê", "ºC": "độ xê", "oC": "độ xê",
    "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "đ": "đồng", "tr.đ": "triệu đồng", "trđ": "triệu đồng",
    "USD": "đô la Mỹ", "VND": "đồng", "VNĐ": "đồng", "EUR": "ơ rô", "CNY": "nhân dân tệ", "NDT": "nhân dân tệ",
    "h": "giờ", "mg": "mi li gam", "dB": "đề xi ben", "hPa": "héc tô pát can", "ppm": "phần triệu",
}  # fmt: skip
SIGNS = {  # before a number
    "±": "cộng trừ", "≥": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "≈": "xấp xỉ", "≠": "khác",
    "√": "căn bậc hai của", "×": "nhân", "=": "bằng",
}  # fmt: skip
# After these a slash is read as "một" (đồng/kg); after other units and COUNTED_UNITS as "trên" (tạ/ha)
MONEY = {"đồng", "triệu đồng", "đô la Mỹ", "phần trăm", "ơ rô", "nhân dân tệ"}
SCALES = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ", "vạn")
MONEY_SIGNS = {"$": "đô la Mỹ", "€": "ơ rô", "£": "bảng Anh", "¥": "yên", "₫": "đồng"}
COMPASS = {"N": "bắc", "B": "bắc", "S": "nam", "E": "đông", "Đ": "đông", "W": "tây", "T": "tây"}  # N: as in N, E, S, W
COUNTED_UNITS = {"tạ", "tấn", "người", "lượt", "yến", "con", "cây"}
UNITS_AFTER_SLASH = {
    "h": "giờ",
    "l": "lít",
    "s": "giây",
    "kg": "ki lô gam",
    "ha": "héc ta",
    "km": "ki lô mét",
    "m2": "mét vuông",
    "m3": "mét khối",
}
ROADS = {"QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh"}
# The parts of a document's code (Decree 30/2020/NĐ-CP, Annex VI): its kind and who issued it
DOCUMENT_KINDS = {
    "NQ": "nghị quyết", "QĐ": "quyết định", "NĐ": "nghị định", "TT": "thông tư", "KH": "kế hoạch", "CT": "chỉ thị",
    "TB": "thông báo", "BC": "báo cáo", "TTr": "tờ trình", "CV": "công văn", "GM": "giấy mời", "HD": "hướng dẫn",
    "KL": "kết luận", "QC": "quy chế", "CTr": "chương trình", "PL": "pháp lệnh", "TTLT": "thông tư liên tịch",
    "CĐ": "công điện", "GP": "giấy phép", "ĐA": "đề án", "VBHN": "văn bản hợp nhất",
}  # fmt: skip
ISSUERS = {
    "CP": "chính phủ", "TTg": "thủ tướng chính phủ", "TW": "trung ương", "TU": "tỉnh ủy", "UBND": "ủy ban nhân dân",
    "HĐND": "hội đồng nhân dân", "VP": "văn phòng", "TTĐT": "thông tin điện tử", "BCĐ": "ban chỉ đạo",
    "CTN": "chủ tịch nước", "UBTVQH": "ủy ban thường vụ quốc hội", "HU": "huyện ủy", "ĐU": "đảng ủy",
}  # fmt: skip
# The subject of a ministry (B…: BTC) or of a department of the province (S…: STC)
SUBJECTS = {
    "TC": "tài chính", "NV": "nội vụ", "YT": "y tế", "CT": "công thương", "TTTT": "thông tin và truyền thông",
    "GDĐT": "giáo dục và đào tạo", "CA": "công an", "TP": "tư pháp", "XD": "xây dựng", "KHCN": "khoa học và công nghệ",
    "QP": "quốc phòng", "VHTTDL": "văn hóa thể thao và du lịch", "NNPTNT": "nông nghiệp và phát triển nông thôn",
    "NN": "nông nghiệp", "GTVT": "giao thông vận tải", "KHĐT": "kế hoạch và đầu tư", "TNMT": "tài nguyên và môi trường",
    "LĐTBXH": "lao động, thương binh và xã hội",
}  # fmt: skip
# Parts of web and e-mail addresses
ADDRESS_PARTS = {
    ".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới", "vn": "vê nờ", "gov": "gốp", "com": "com",
    "org": "o rờ gờ", "edu": "e đu",
}  # fmt: skip
