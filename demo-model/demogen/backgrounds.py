"""Backgrounds: studio sweeps, gradients, tables, textures and bokeh."""

import cv2
import numpy as np

from . import palette
from .painter import smooth_noise, texture


def paint(rng, height, width):
    """A background of a random kind as an RGB canvas."""
    kinds = (_studio, _studio, _gradient, _table, _textured, _bokeh, _tiles)
    field = kinds[rng.integers(len(kinds))](rng, height, width)
    return np.clip(field, 0, 255).astype(np.uint8)


def _backdrop_colour(rng):
    kind = rng.choice(4, p=[0.4, 0.3, 0.12, 0.18])
    if kind == 0:
        return palette.neutral(rng, 190, 255)
    if kind == 1:
        return palette.pastel(rng)
    return palette.vivid(rng) if kind == 2 else palette.product(rng)


def _studio(rng, height, width):
    white = (rng.uniform(238, 255),) * 3
    colour = white if rng.uniform() < 0.5 else _backdrop_colour(rng)
    v, u = np.mgrid[-1:1:32j, -1:1:32j].astype(np.float32)
    centre = rng.uniform(-0.3, 0.3, 2)
    fall = 1 - rng.uniform(0, 0.18) * ((u - centre[0]) ** 2
                                       + (v - centre[1]) ** 2)
    fall = cv2.resize(fall, (width, height), interpolation=cv2.INTER_LINEAR)
    return fall[..., None] * np.asarray(colour, np.float32)


def _gradient(rng, height, width):
    corners = [_backdrop_colour(rng), _backdrop_colour(rng)]
    if rng.uniform() < 0.5:
        corners[1] = palette.scaled(corners[0], rng.uniform(0.65, 1.2))
    start, end = (np.asarray(c, np.float32) for c in corners)
    angle = rng.uniform(0, 2 * np.pi)
    v, u = np.mgrid[-0.5:0.5:32j, -0.5:0.5:32j].astype(np.float32)
    share = np.clip(0.5 + 0.8 * (u * np.cos(angle) + v * np.sin(angle)), 0, 1)
    small = start + share[..., None] * (end - start)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def _table(rng, height, width):
    wall = _studio(rng, height, width)
    horizon = int(height * rng.uniform(0.5, 0.78))
    depth = height - horizon
    kind = rng.choice(["wood", "plain", "stone", "fabric"])
    colour = (palette.lookalike(rng) if kind == "wood"
              else _backdrop_colour(rng))
    grain = np.broadcast_to(texture(rng, kind, depth, width), (depth, width))
    fade = np.linspace(0.82, 1.05, depth, dtype=np.float32)[:, None]
    wall[horizon:] = (grain * fade)[..., None] * np.asarray(colour, np.float32)
    return wall


def _textured(rng, height, width):
    kind = rng.choice(["wood", "leather", "fabric", "stone"])
    colour = np.asarray(_backdrop_colour(rng), np.float32)
    return texture(rng, kind, height, width)[..., None] * colour


def _bokeh(rng, height, width):
    small = np.empty((48, 48, 3), np.float32)
    small[:] = _backdrop_colour(rng)
    for _ in range(rng.integers(5, 16)):
        centre = tuple(int(c) for c in rng.integers(0, 48, 2))
        colour = tuple(float(c) for c in _backdrop_colour(rng))
        cv2.circle(small, centre, int(rng.integers(3, 14)), colour, -1)
    small = cv2.GaussianBlur(small, (0, 0), rng.uniform(2, 4))
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def _tiles(rng, height, width):
    field = _studio(rng, height, width)
    field *= (1 + 0.03 * smooth_noise(rng, height, width, 40))[..., None]
    step = int(min(height, width) * rng.uniform(0.12, 0.3))
    joint = max(1, step // 40)
    dim = rng.uniform(0.75, 0.95)
    for y in range(int(rng.integers(step)), height, step):
        field[y:y + joint] *= dim
    for x in range(int(rng.integers(step)), width, step):
        field[:, x:x + joint] *= dim
    return field
