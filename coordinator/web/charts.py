"""Lines over months, as the numbers from which a picture is drawn on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 34, 34


@dataclass(frozen=True)
class Drawn:
    """One line: its name, the stretches without a gap, and each point (across, down)."""

    name: str
    stretches: tuple[str, ...]
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Chart:
    """A picture: its size, its lines, and where months and values are written."""

    lines: tuple[Drawn, ...]
    months: tuple[tuple[int, str], ...]
    values: tuple[tuple[int, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def chart(months: Sequence[str], values: dict[str, Sequence[int | None]], unit: str) -> Chart:
    """Return the picture of several lines (None for a month without a value).

    `unit` is "%" for shares, which reach to 100, or nothing for numbers.
    """
    top = 100 if unit else max(4, *(value or 0 for line in values.values() for value in line))
    step = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)
    across = [round(LEFT + step * number) for number in range(len(months))]
    return Chart(
        tuple(_line(name, across, line, top) for name, line in values.items()),
        tuple(zip(across, months, strict=True)),
        tuple((_down(top * part // 4, top), f"{top * part // 4}{unit}") for part in range(5)),
    )


def _down(value: int, top: int) -> int:
    return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM))


def _line(name: str, across: list[int], values: Sequence[int | None], top: int) -> Drawn:
    at = [
        None if value is None else (x, _down(value, top))
        for x, value in zip(across, values, strict=True)
    ]
    stretches = [
        " ".join(f"{x},{y}" for x, y in (point for point in points if point))
        for there, points in groupby(at, key=bool)
        if there
    ]
    return Drawn(name, tuple(stretches), tuple(point for point in at if point))
