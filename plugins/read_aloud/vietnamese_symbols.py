"""Tables of letters, units and abbreviations in official Vietnamese texts, with their spoken words."""

from __future__ import annotations

LETTER_NAMES = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "đê", "Đ": "đê", "E": "e", "Ê": "ê", "F": "ép",
    "G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "O": "o", "Ô": "ô",
    "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "rờ", "S": "sờ", "T": "tê", "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép",
    "X": "ích", "Y": "i dài", "Z": "dét",
}  # fmt: skip
_PREFIXES = {
    "k": "ki lô", "M": "mê ga", "G": "gi ga", "T": "tê ra", "h": "héc tô", "d": "đề xi", "c": "xăng ti", "m": "mi li",
    "µ": "mi crô", "n": "na nô",
}  # fmt: skip
# Units that have prefixes: their names, and those prefixes that are used
_PREFIXED_UNITS = {
    "m": ("mét", "kdcmµn"), "g": ("gam", "kmµn"), "l": ("lít", "hdcmµ"), "L": ("lít", "m"), "W": ("oát", "kMGT"),
    "Wh": ("oát giờ", "kMGT"), "V": ("vôn", "kMm"), "VA": ("vôn am pe", "kM"), "A": ("am pe", "km"),
    "Ah": ("am pe giờ", "m"), "Ω": ("ôm", "kM"), "Hz": ("héc", "kMG"), "Pa": ("pát can", "hkM"),
    "N": ("niu tơn", "k"), "J": ("jun", "kM"), "cal": ("ca lo", "k"),
    "mol": ("mon", "mµn"), "B": ("bai", "kMGT"), "b/s": ("bít trên giây", "kMG"), "bps": ("bít trên giây", "kMG"),
}  # fmt: skip
UNITS = {
    f"{prefix}{unit}": f"{_PREFIXES[prefix]} {name}"
    for unit, (name, prefixes) in _PREFIXED_UNITS.items()
    for prefix in prefixes
} | {
    "km2": "ki lô mét vuông", "km²": "ki lô mét vuông", "m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối",
    "m³": "mét khối", "cm2": "xăng ti mét vuông", "cm²": "xăng ti mét vuông", "cm3": "xăng ti mét khối",
    "cm³": "xăng ti mét khối", "m": "mét", "ha": "héc ta", "g": "gam", "l": "lít", "L": "lít", "V": "vôn", "W": "oát",
    "Hz": "héc", "Ω": "ôm", "mol": "mon", "KB": "ki lô bai", "mmHg": "mi li mét thủy ngân", "mcg": "mi crô gam",
    "°C": "độ xê", "ºC": "độ xê", "oC": "độ xê", "°F": "độ ép", "%": "phần trăm", "‰": "phần nghìn", "°": "độ",
    "đ": "đồng", "tr": "triệu", "tr.đ": "triệu đồng", "trđ": "triệu đồng", "USD": "đô la Mỹ", "VND": "đồng",
    "VNĐ": "đồng", "EUR": "ơ rô", "CNY": "nhân dân tệ", "NDT": "nhân dân tệ", "h": "giờ", "s": "giây",
    "dB": "đề xi ben", "ppm": "phần triệu", "IU": "đơn vị", "UI": "đơn vị",
}  # fmt: skip
SIGNS = {  # before a number
    "±": "cộng trừ", "≥": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "≈": "xấp xỉ", "≠": "khác",
    "√": "căn bậc hai của", "×": "nhân", "=": "bằng", "Ø": "phi", "ø": "phi", "⌀": "phi", "Φ": "phi", "φ": "phi",
}  # fmt: skip
# After these a slash is read as "một" (đồng/kg); after other units and COUNTED_UNITS as "trên" (tạ/ha)
MONEY = {"đồng", "triệu đồng", "đô la Mỹ", "phần trăm", "ơ rô", "nhân dân tệ"}
SCALES = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ", "vạn")
MONEY_SIGNS = {"$": "đô la Mỹ", "€": "ơ rô", "£": "bảng Anh", "¥": "yên", "₫": "đồng"}
COMPASS = {"N": "bắc", "B": "bắc", "S": "nam", "E": "đông", "Đ": "đông", "W": "tây", "T": "tây"}  # N: as in N, E, S, W
COUNTED_UNITS = {"tạ", "tấn", "người", "lượt", "yến", "con", "cây"}
PERIODS = {"giây", "phút", "giờ", "ngày", "đêm", "buổi", "tuần", "tháng", "quý", "năm", "vụ", "lần"}  # 3 lần/ngày
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
# What has a number after its abbreviation
NUMBERED = {"QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh", "BĐ": "báo động", "NV": "nguyện vọng"}
# The parts of a document's code (Decree 30/2020/NĐ-CP, Annex VI): its kind and who issued it
DOCUMENT_KINDS = {
    "NQ": "nghị quyết", "QĐ": "quyết định", "NĐ": "nghị định", "TT": "thông tư", "KH": "kế hoạch", "CT": "chỉ thị",
    "TB": "thông báo", "BC": "báo cáo", "TTr": "tờ trình", "CV": "công văn", "GM": "giấy mời", "HD": "hướng dẫn",
    "KL": "kết luận", "QC": "quy chế", "CTr": "chương trình", "PL": "pháp lệnh", "TTLT": "thông tư liên tịch",
    "CĐ": "công điện", "GP": "giấy phép", "ĐA": "đề án", "VBHN": "văn bản hợp nhất", "QyĐ": "quy định",
    "TC": "thông cáo", "PA": "phương án", "DA": "dự án", "BB": "biên bản", "HĐ": "hợp đồng", "BGN": "bản ghi nhớ",
    "BTT": "bản thỏa thuận", "GUQ": "giấy ủy quyền", "GGT": "giấy giới thiệu", "GNP": "giấy nghỉ phép",
    "PG": "phiếu gửi", "PC": "phiếu chuyển", "PB": "phiếu báo",
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
