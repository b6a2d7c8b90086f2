"""Puts background, product, figure, decoys and violations together."""

from dataclasses import dataclass

import numpy as np

from . import LABELS, backgrounds, decoys, figures, products, violations
from .painter import Frame, Painter, Pen

# Less visible skin than this is a face and hands, more is an exposure; scenes
# in between would be a matter of taste and are drawn again.
SKIN_FEW, SKIN_MANY = 0.035, 0.08

LABEL_SHARE = {"promo_text": 0.3, "qr_code": 0.33, "watermark": 0.36,
               "skin_exposure": 0.34}
CLEAN_SHARE = 0.15
DECOY_SHARE = 0.45
COVERED_FIGURE_SHARE = 0.2

RANDOM = "random"


@dataclass(frozen=True)
class Scene:
    """A finished picture and what is truly in it."""

    image: np.ndarray
    labels: frozenset
    product: str

    def target(self):
        """The labels as a 0/1 vector in model order."""
        return np.array([label in self.labels for label in LABELS], np.float32)


def random_labels(rng):
    """Independent labels, with some extra pictures that are clean."""
    if rng.uniform() < CLEAN_SHARE:
        return frozenset()
    return frozenset(label for label, share in LABEL_SHARE.items()
                     if rng.uniform() < share)


def random_size(rng):
    """Height and width of a product picture, 600 to 1600 px on its long side."""
    longest = 600 + 1000 * rng.uniform() ** 2
    ratio = np.exp(rng.uniform(-0.4, 0.4)) if rng.uniform() < 0.6 else 1.0
    height, width = longest * min(1, ratio), longest * min(1, 1 / ratio)
    return int(height), int(width)


def render(rng, labels=None, size=None, product=RANDOM, decoy=RANDOM,
           figure=RANDOM):
    """Draw one scene that shows exactly the wanted labels.

    ``decoy`` and ``figure`` name an extra of a picture, or are None for none;
    ``figure`` counts in pictures without skin exposure only.
    """
    labels = random_labels(rng) if labels is None else frozenset(labels)
    height, width = random_size(rng) if size is None else size
    if product == RANDOM:
        product = str(rng.choice(list(products.PRODUCTS)))
    while True:
        painter = Painter(backgrounds.paint(rng, height, width), rng)
        if "skin_exposure" in labels:
            _draw_exposure(painter, rng, product)
        else:
            _draw_products(painter, rng, product)
            _draw_covered_figure(painter, rng, figure)
        _draw_decoy(painter, rng, decoy)
        _violate(painter, rng, labels)
        if _skin_is_clear(painter, labels):
            return Scene(painter.canvas, labels, product)


def _skin_is_clear(painter, labels):
    share = painter.skin_share()
    return (share >= SKIN_MANY if "skin_exposure" in labels
            else share <= SKIN_FEW)


def _draw_decoy(painter, rng, name):
    if name == RANDOM:
        chosen = rng.uniform() < DECOY_SHARE
        name = str(rng.choice(list(decoys.DECOYS))) if chosen else None
    if name is not None:
        decoys.DECOYS[name](painter, rng, _frame(painter, rng, 0.3, 0.4))


def _draw_covered_figure(painter, rng, name):
    if name == RANDOM:
        chosen = rng.uniform() < COVERED_FIGURE_SHARE
        name = str(rng.choice(["dressed", "mannequin"])) if chosen else None
    if name is not None:
        draw = {"dressed": figures.dressed, "mannequin": figures.mannequin}[name]
        draw(Pen(painter, _frame(painter, rng, 0.4, 0.75, 0.25)), rng)


def _frame(painter, rng, low, high, turn=0.2):
    height, width = painter.canvas.shape[:2]
    scale = min(height, width) * rng.uniform(low, high)
    x = width / 2 + rng.uniform(-0.6, 0.6) * max(0, width / 2 - scale)
    y = height / 2 + rng.uniform(-0.6, 0.6) * max(0, height / 2 - scale)
    return Frame(x, y, scale, rng.uniform(-turn, turn), rng.uniform() < 0.5)


def _draw_products(painter, rng, product):
    frame = _frame(painter, rng, 0.28, 0.5)
    products.draw(product, Pen(painter, frame), rng)
    if rng.uniform() < 0.2:
        small = _frame(painter, rng, 0.14, 0.25)
        products.draw(product, Pen(painter, small), rng)
    if rng.uniform() < 0.35:
        decoys.brand_label(painter, rng, frame)


def _draw_exposure(painter, rng, product):
    part = rng.choice([figures.FULL, figures.TORSO, figures.LEGS, figures.BACK],
                      p=[0.35, 0.3, 0.2, 0.15])
    if rng.uniform() < 0.3:
        small = _frame(painter, rng, 0.12, 0.25)
        products.draw(product, Pen(painter, small), rng)
    height, width = painter.canvas.shape[:2]
    x = width * rng.uniform(0.35, 0.65)
    shorter = min(height, width)
    if part == figures.TORSO:
        scale = shorter * rng.uniform(0.8, 1.3)
        frame = Frame(x, height * 0.5 + scale * rng.uniform(0.2, 0.45), scale,
                      rng.uniform(-0.25, 0.25), rng.uniform() < 0.5)
    else:
        scale = shorter * rng.uniform(0.48, 0.75)
        frame = Frame(x, height * rng.uniform(0.42, 0.58), scale,
                      rng.uniform(-0.3, 0.3), rng.uniform() < 0.5)
    figures.bare(Pen(painter, frame), rng, part)


def _violate(painter, rng, labels):
    """Add the overlays; the translucent one last, so that none is hidden."""
    if "promo_text" in labels:
        violations.promo_text(painter, rng)
    if "qr_code" in labels:
        violations.qr_code(painter, rng)
    if "watermark" in labels:
        violations.watermark(painter, rng)
