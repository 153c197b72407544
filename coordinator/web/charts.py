"""Lines of shares over months, as the numbers that a picture on the server is drawn from."""

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
    """A picture of shares: its size, its lines, and where months and per cents are written."""

    lines: tuple[Drawn, ...]
    months: tuple[tuple[int, str], ...]
    shares: tuple[tuple[int, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def chart(months: Sequence[str], shares: dict[str, Sequence[int | None]]) -> Chart:
    """Return the picture of several shares (per cent, None for a month without one)."""
    step = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)
    across = [round(LEFT + step * number) for number in range(len(months))]
    return Chart(
        tuple(_line(name, across, values) for name, values in shares.items()),
        tuple(zip(across, months, strict=True)),
        tuple((_down(share), f"{share}%") for share in (0, 25, 50, 75, 100)),
    )


def _down(share: int) -> int:
    return round(HEIGHT - BOTTOM - share / 100 * (HEIGHT - TOP - BOTTOM))


def _line(name: str, across: list[int], values: Sequence[int | None]) -> Drawn:
    at = [
        None if share is None else (x, _down(share))
        for x, share in zip(across, values, strict=True)
    ]
    stretches = [
        " ".join(f"{x},{y}" for x, y in (point for point in points if point))
        for there, points in groupby(at, key=bool)
        if there
    ]
    return Drawn(name, tuple(stretches), tuple(point for point in at if point))
