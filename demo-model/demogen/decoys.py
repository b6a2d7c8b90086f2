"""Allowed things that look like violations: the hard negatives."""

import numpy as np

from . import lettering, palette
from .painter import Material
from .patterns import random_pattern


def brand_label(painter, rng, frame):
    """One small brand name on the product, which sellers may show."""
    size = frame.scale * rng.uniform(0.08, 0.17)
    mask = lettering.text_mask(lettering.brand(rng),
                               lettering.random_font(rng, size))
    x = frame.x + rng.uniform(-0.25, 0.25) * frame.scale - mask.shape[1] / 2
    y = frame.y + rng.uniform(-0.2, 0.4) * frame.scale
    ink = palette.neutral(rng, 0, 60) if rng.uniform() < 0.6 else (245,) * 3
    layer = np.broadcast_to(np.asarray(ink, np.uint8), (*mask.shape, 3))
    painter.overlay(layer, mask, x, y)


def barcode(painter, rng, frame):
    """A one-dimensional barcode on a white plate."""
    width = int(frame.scale * rng.uniform(0.4, 0.8))
    height = int(width * rng.uniform(0.35, 0.7))
    bars = rng.uniform(size=int(rng.integers(40, 95))) < 0.5
    columns = bars[np.arange(width) * len(bars) // width]
    layer = np.full((height, width, 3), 250, np.uint8)
    margin = max(2, width // 16)
    dark = columns.copy()
    dark[:margin] = dark[-margin:] = False
    layer[margin:height - margin, dark] = 15
    if rng.uniform() < 0.3:
        layer = np.ascontiguousarray(layer.transpose(1, 0, 2))
    alpha = np.full(layer.shape[:2], 255, np.uint8)
    painter.overlay(layer, alpha, frame.x + rng.uniform(-0.8, 0.2) * frame.scale,
                    frame.y + rng.uniform(-0.5, 0.5) * frame.scale)


def patterned_card(painter, rng, frame):
    """A printed square: checkerboard, plaid, stripes, dots or cells."""
    side = frame.scale * rng.uniform(0.4, 0.9)
    x = frame.x + rng.uniform(-0.9, 0.3) * frame.scale
    y = frame.y + rng.uniform(-0.8, 0.3) * frame.scale
    corners = np.float32([(x, y), (x + side, y), (x + side, y + side),
                          (x, y + side)])
    painter.polygon(corners, Material((0, 0, 0), "plain", 0.05,
                                      random_pattern(rng)))


def reflections(painter, rng, _frame):
    """Broad translucent light streaks, as on glass: no watermark."""
    height, width = painter.canvas.shape[:2]
    y, x = np.mgrid[0:height:8, 0:width:8].astype(np.float32)
    angle, step = rng.uniform(0, np.pi), rng.uniform(0.25, 0.6) * width
    phase = (x * np.cos(angle) + y * np.sin(angle)) / step
    streaks = ((phase + rng.uniform()) % 1 < rng.uniform(0.1, 0.3))
    alpha = (streaks * rng.uniform(25, 90)).astype(np.uint8)
    alpha = np.kron(alpha, np.ones((8, 8), np.uint8))[:height, :width]
    painter.overlay(np.full((*alpha.shape, 3), 255, np.uint8), alpha, 0, 0)


def colour_swatches(painter, rng, frame):
    """Little discs that show the colours a product comes in."""
    radius = frame.scale * rng.uniform(0.06, 0.12)
    x = frame.x - frame.scale * 0.8
    y = frame.y + frame.scale * rng.uniform(0.8, 1.1)
    for step in range(rng.integers(3, 6)):
        angle = np.linspace(0, 2 * np.pi, 32)
        disc = np.stack([x + step * 2.6 * radius + radius * np.cos(angle),
                         y + radius * np.sin(angle)], 1)
        painter.polygon(disc, Material(palette.product(rng), "plain", 0.1))


DECOYS = {"brand-label": brand_label, "barcode": barcode,
          "patterned-card": patterned_card, "reflections": reflections,
          "swatches": colour_swatches}
