"""A line chart as SVG: both axes logarithmic, real text, light and dark colours."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 56, 56
# every line has its own colour, dashes and label, so that no reader depends on one of them
COLOURS = (
    ("#8a4b00", "#f0b060"),
    ("#8a4b00", "#f0b060"),
    ("#5b3fa8", "#b9a5ff"),
    ("#005a9c", "#7cc4ff"),
    ("#0b6b3a", "#6fdc9b"),
)
DASHES = ("", "2 4", "9 4", "", "4 3")


@dataclass(frozen=True)
class Line:
    """A line of the chart. points: (x, y), both above 0, in order of x."""

    label: str
    points: list[tuple[float, float]]


def svg(title: str, x_label: str, y_label: str, lines: list[Line]) -> str:
    """Return the chart; its description holds all figures."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    x_of = _scale(min(xs), max(xs) if len(set(xs)) > 1 else min(xs) * 10, LEFT, WIDTH - RIGHT)
    low, high = 10 ** math.floor(math.log10(min(ys))), 10 ** math.ceil(math.log10(max(ys)))
    y_of = _scale(low, high, HEIGHT - BOTTOM, TOP)
    parts = [_head(title, lines)]
    for step in range(round(math.log10(high / low)) + 1):
        value = low * 10**step
        parts.append(f'<path class="grid" d="M{LEFT} {y_of(value):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y_of(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    for value in sorted(set(xs)):
        parts.append(f'<path class="grid" d="M{x_of(value):.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(
            f'<text x="{x_of(value):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{value / 1000:g}k</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x_label)}</text>'
    )
    parts.append(f'<text x="{LEFT - 8}" y="{TOP - 12}" text-anchor="end">{escape(y_label)}</text>')
    for number, line in enumerate(lines):
        parts += _draw_line(number, [(x_of(x), y_of(y)) for x, y in line.points])
    ends = [(x_of(line.points[-1][0]) + 10, y_of(line.points[-1][1]) + 4) for line in lines]
    for number, (x, y) in enumerate(_spread_labels(ends)):
        parts.append(f'<text class="c{number}" x="{x:.1f}" y="{y:.1f}">{escape(lines[number].label)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _head(title: str, lines: list[Line]) -> str:
    figures = "; ".join(f"{line.label}: " + ", ".join(f"{y:.3g} at {x:g}" for x, y in line.points) for line in lines)
    day = "".join(f".c{n}{{--c:{light}}}" for n, (light, _) in enumerate(COLOURS))
    night = "".join(f".c{n}{{--c:{dark}}}" for n, (_, dark) in enumerate(COLOURS))
    style = (
        "svg{--p:#fff;background:var(--p);font:13px system-ui,sans-serif}.grid{stroke:#ccc}"
        "text{fill:var(--c,#222);stroke:var(--p);stroke-width:3px;paint-order:stroke}"
        f"path.line{{fill:none;stroke:var(--c);stroke-width:2}}circle{{fill:var(--c)}}{day}"
        f"@media(prefers-color-scheme:dark){{svg{{--p:#16181c}}text{{fill:var(--c,#e8e8e8)}}.grid{{stroke:#444}}{night}}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">\n'
        f'<title id="t">{escape(title)}</title>\n<desc id="d">{escape(figures)}.</desc>\n<style>{style}</style>\n'
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="bold">{escape(title)}</text>'
    )


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Return a logarithmic scale from [low, high] to [start, end]."""
    return lambda value: start + (end - start) * math.log(value / low) / math.log(high / low)


def _draw_line(number: int, points: list[tuple[float, float]]) -> list[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = [f'<circle class="c{number}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in points]
    return [f'<path class="line c{number}" stroke-dasharray="{DASHES[number] or "none"}" d="M{path}"/>', *dots]


def _spread_labels(places: list[tuple[float, float]], gap: float = 16) -> list[tuple[float, float]]:
    """Move labels down until none covers another that starts near it."""
    placed: list[tuple[float, float]] = []
    for x, y in sorted(places, key=lambda place: place[1]):
        while any(abs(x - a) < 200 and abs(y - b) < gap for a, b in placed):
            y += 1
        placed.append((x, y))
    order = sorted(range(len(places)), key=lambda n: places[n][1])
    return [placed[order.index(n)] for n in range(len(places))]
