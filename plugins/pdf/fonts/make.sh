#!/usr/bin/env bash
# Cut the typefaces of PDFs out of Debian's fonts-noto-core: static, Latin with every Vietnamese letter, Greek, and signs.
# Subset again by WeasyPrint for each PDF, a small file costs 60 ms less than the full one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
from=/usr/share/fonts/truetype/noto
# No ligatures: a letter is to be copied as that letter. Digits are all of one width as they are.
cut() { ../../../.venv/bin/pyftsubset "$from/$1.ttf" --output-file="$1.ttf" --unicodes="$2" --layout-features=ccmp,locl,mark,mkmk,kern --no-hinting --desubroutinize; }
latin=U+0020-007E,U+00A0-024F,U+0300-0304,U+0306-0309,U+031B,U+0323,U+02BC,U+0384-03CE,U+1E00-1EFF,U+2000-200A,U+2010-2027,U+202F-2034,U+2039-203A,U+203C,U+2044,U+205F,U+2070-208E,U+20A0-20BF,U+2103,U+2105,U+2113,U+2116,U+2122,U+2126,U+2150-215E,U+2212,U+25CC
for face in Noto{Sans,Serif}-{Regular,Bold,Italic,BoldItalic}; do cut $face $latin; done
cut NotoSansMath-Regular U+0020,U+00A0,U+2190-21FF,U+2200-22FF
cut NotoSansSymbols-Regular U+0020,U+00A0,U+2460-249B,U+24EA-24FF,U+2776-2793
cut NotoSansSymbols2-Regular U+0020,U+00A0,U+2300-23FA,U+25A0-25FF,U+2600-26BF,U+2700-27BF
cut NotoSansTaiViet-Regular U+0020,U+00A0,U+25CC,U+AA80-AADF
