"""Colours: products, neutrals, skin tones, and the look-alikes of skin."""

import colorsys

import numpy as np

# Ten anchors from very light to very dark complexions; tones in between are
# interpolated so that no complexion is missing from the training pictures.
SKIN_ANCHORS = np.array(
    [
        (246, 228, 216), (243, 215, 195), (236, 198, 170), (226, 178, 144),
        (209, 156, 118), (186, 130, 92), (158, 104, 70), (126, 80, 52),
        (94, 60, 42), (66, 44, 34),
    ],
    dtype=np.float32,
)

# Innocent materials that share hue and brightness with skin.
SKIN_LOOKALIKES = {
    "beige": (222, 196, 164),
    "wood": (178, 122, 76),
    "leather": (150, 92, 54),
    "orange": (232, 140, 66),
    "sand": (214, 180, 136),
    "terracotta": (192, 112, 80),
    "chocolate": (96, 62, 42),
    "salmon": (234, 160, 140),
    "cardboard": (196, 154, 108),
}


def jitter(rng, colour, amount):
    """Shift a colour by up to ``amount`` levels per channel."""
    shifted = np.asarray(colour, np.float32) + rng.uniform(-amount, amount, 3)
    return tuple(np.clip(shifted, 0, 255))


def skin_tone(rng):
    """A skin tone anywhere between the lightest and the darkest anchor."""
    position = rng.uniform(0, len(SKIN_ANCHORS) - 1)
    lower = int(position)
    upper = min(lower + 1, len(SKIN_ANCHORS) - 1)
    share = position - lower
    tone = SKIN_ANCHORS[lower] * (1 - share) + SKIN_ANCHORS[upper] * share
    return jitter(rng, tone, 6)


def lookalike(rng):
    """A skin-like colour of a product that is no skin."""
    name = rng.choice(list(SKIN_LOOKALIKES))
    return jitter(rng, SKIN_LOOKALIKES[name], 14)


def vivid(rng):
    """A saturated colour of any hue."""
    return _hsv(rng.uniform(), rng.uniform(0.55, 0.95), rng.uniform(0.5, 0.95))


def pastel(rng):
    """A light, little saturated colour of any hue."""
    return _hsv(rng.uniform(), rng.uniform(0.06, 0.28), rng.uniform(0.8, 0.98))


def neutral(rng, low=20, high=245):
    """A grey with a barely visible tint."""
    return jitter(rng, (rng.uniform(low, high),) * 3, 5)


def cloth(rng):
    """A garment colour that cannot be mistaken for skin."""
    if rng.uniform() < 0.35:
        return neutral(rng)
    hue = rng.uniform(0.2, 0.95)
    return _hsv(hue, rng.uniform(0.35, 0.9), rng.uniform(0.25, 0.9))


def product(rng):
    """A product colour; a third of the products look like skin in colour."""
    kind = rng.choice(["vivid", "pastel", "neutral", "lookalike"],
                      p=[0.32, 0.13, 0.22, 0.33])
    return {"vivid": vivid, "pastel": pastel, "neutral": neutral,
            "lookalike": lookalike}[kind](rng)


def scaled(colour, factor):
    """The colour made lighter (> 1) or darker (< 1)."""
    return tuple(np.clip(np.asarray(colour, np.float32) * factor, 0, 255))


def luminance(colour):
    """Perceived brightness, 0 to 255."""
    return float(np.dot(np.asarray(colour, np.float32), (0.299, 0.587, 0.114)))


def _hsv(hue, saturation, value):
    return tuple(255 * channel
                 for channel in colorsys.hsv_to_rgb(hue, saturation, value))
