"""Repeating prints for fabrics and boxes: hard negatives for every label."""

import numpy as np

from . import palette


def random_pattern(rng):
    """A function (height, width) -> RGB field of stripes, checks or dots."""
    kind = rng.choice([_stripes, _checks, _plaid, _dots, _blocks])
    pair = _contrasting(rng)
    return kind(rng, *pair)


def _contrasting(rng):
    first = palette.product(rng)
    factor = 0.35 if palette.luminance(first) > 120 else 2.2
    second = palette.scaled(first, factor)
    if rng.uniform() < 0.4:
        first, second = palette.neutral(rng, 215, 255), palette.neutral(rng, 5, 60)
    return np.asarray(first, np.float32), np.asarray(second, np.float32)


def _field(choice, first, second):
    return np.where(choice[..., None], first, second)


def _stripes(rng, first, second):
    step, angle = rng.uniform(0.03, 0.15), rng.uniform(0, np.pi)

    def draw(height, width):
        y, x = np.mgrid[0:height, 0:width] / max(height, width)
        phase = (x * np.cos(angle) + y * np.sin(angle)) / step
        return _field(phase % 1 < 0.5, first, second)
    return draw


def _checks(rng, first, second):
    step = rng.uniform(0.04, 0.18)

    def draw(height, width):
        y, x = (np.mgrid[0:height, 0:width] / max(height, width) / step).astype(int)
        return _field((x + y) % 2 == 0, first, second)
    return draw


def _plaid(rng, first, second):
    step = rng.uniform(0.08, 0.25)

    def draw(height, width):
        y, x = np.mgrid[0:height, 0:width] / max(height, width) / step
        share = 0.5 * (x % 1 < 0.4) + 0.5 * (y % 1 < 0.4)
        return first + share[..., None] * (second - first)
    return draw


def _dots(rng, first, second):
    step, size = rng.uniform(0.06, 0.18), rng.uniform(0.2, 0.4)

    def draw(height, width):
        y, x = np.mgrid[0:height, 0:width] / max(height, width) / step
        distance = np.hypot(x % 1 - 0.5, y % 1 - 0.5)
        return _field(distance > size, first, second)
    return draw


def _blocks(rng, first, second):
    """Coarse random cells: like a QR code, but without finder squares."""
    count = int(rng.integers(6, 13))
    cells = rng.uniform(size=(count, count)) < 0.5

    def draw(height, width):
        y, x = (np.mgrid[0:height, 0:width] * count // max(height, width))
        return _field(cells[y, x], first, second)
    return draw
