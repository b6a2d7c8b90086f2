"""The overlays that a seller must not put on a product picture."""

import cv2
import numpy as np
import segno

from . import lettering, palette

CHINESE_SHARE = 0.4
MIN_WATERMARK_CONTRAST = 34  # grey levels; fainter marks nobody would notice


# --- promotional text ------------------------------------------------------

def promo_text(painter, rng):
    """Dense opaque slogans, banners and stickers over the product."""
    chinese = rng.uniform() < CHINESE_SHARE
    elements = (_banner, _starburst, _price_tag, _slogan, _bullet_list)
    for _ in range(rng.integers(3, 8)):
        element = elements[rng.integers(len(elements))]
        element(painter, rng, chinese)
    if rng.uniform() < 0.6:
        _banner(painter, rng, chinese)


def _ink_pair(rng):
    """A plate colour and a text colour that can be read on it."""
    plate = palette.vivid(rng) if rng.uniform() < 0.75 else palette.neutral(rng)
    if palette.luminance(plate) > 130:
        return plate, palette.neutral(rng, 0, 40)
    return plate, palette.neutral(rng, 225, 255)


def _size(painter, rng, low, high):
    return min(painter.canvas.shape[:2]) * rng.uniform(low, high)


def _somewhere(painter, rng, height, width):
    canvas_height, canvas_width = painter.canvas.shape[:2]
    x = rng.uniform(0, max(1, canvas_width - width))
    y = rng.uniform(0, max(1, canvas_height - height))
    return x, y


def _fitted_text(painter, text, font_of, size, share=0.95):
    """The text's mask, set smaller when it would leave the picture."""
    mask = lettering.text_mask(text, font_of(size))
    limit = painter.canvas.shape[1] * share
    if mask.shape[1] > limit:
        mask = lettering.text_mask(text, font_of(size * limit / mask.shape[1]))
    return mask


def _face(rng, chinese):
    """A font chooser that keeps to one face while the size changes."""
    seed = int(rng.integers(1 << 31))
    return lambda size: lettering.random_font(
        np.random.default_rng(seed), size, chinese)


def _place(painter, rng, layer, alpha, position=None, max_turn=0):
    if max_turn:
        layer, alpha = turned(layer, alpha, rng.uniform(-max_turn, max_turn))
    if position is None:
        position = _somewhere(painter, rng, *alpha.shape)
    painter.overlay(layer, alpha, *position)


def _solid(mask, colour):
    return np.broadcast_to(np.asarray(colour, np.uint8), (*mask.shape, 3))


def _banner(painter, rng, chinese):
    """A full-width strip with a headline."""
    plate, ink = _ink_pair(rng)
    text = lettering.promo_phrase(rng, chinese)
    if rng.uniform() < 0.5:
        text += "  " + lettering.promo_phrase(rng, chinese)
    mask = _fitted_text(painter, text, _face(rng, chinese),
                        _size(painter, rng, 0.06, 0.14))
    width = painter.canvas.shape[1]
    strip = np.empty((int(mask.shape[0] * rng.uniform(1.3, 1.9)), width, 3),
                     np.uint8)
    strip[:] = plate
    alpha = np.full(strip.shape[:2], 255, np.uint8)
    top = int(rng.uniform(0, painter.canvas.shape[0] - strip.shape[0]))
    painter.overlay(strip, alpha, 0, top)
    painter.overlay(_solid(mask, ink), mask, (width - mask.shape[1]) / 2,
                    top + (strip.shape[0] - mask.shape[0]) / 2)


def _starburst(painter, rng, chinese):
    """A jagged or round sticker with a few words in it."""
    plate, ink = _ink_pair(rng)
    text = lettering.promo_phrase(rng, chinese).replace(" ", "\n")
    mask = _fitted_text(painter, text, _face(rng, chinese),
                        _size(painter, rng, 0.05, 0.11), 0.35)
    size = int(max(mask.shape) * rng.uniform(1.35, 1.6))
    spikes = int(rng.integers(10, 24))
    angles = np.linspace(0, 2 * np.pi, 2 * spikes, endpoint=False)
    depth = rng.choice([1.0, rng.uniform(0.78, 0.92)])
    radius = size / 2 * np.where(np.arange(2 * spikes) % 2, depth, 1)
    points = np.stack([size / 2 + radius * np.cos(angles),
                       size / 2 + radius * np.sin(angles)], 1)
    alpha = np.zeros((size, size), np.uint8)
    cv2.fillPoly(alpha, [points.astype(np.int32)], 255, cv2.LINE_AA)
    layer = _solid(alpha, plate).copy()
    _stamp(layer, mask, ink)
    _place(painter, rng, layer, alpha, max_turn=20)


def _stamp(layer, mask, ink):
    top = (layer.shape[0] - mask.shape[0]) // 2
    left = (layer.shape[1] - mask.shape[1]) // 2
    region = layer[top:top + mask.shape[0], left:left + mask.shape[1]]
    weight = mask[..., None] / 255
    region[:] = region * (1 - weight) + np.asarray(ink) * weight


def _price_tag(painter, rng, chinese):
    """A plate with a big price."""
    plate, ink = _ink_pair(rng)
    price = f"{rng.integers(1, 999)}.{rng.choice(['99', '90', '00', '50'])}"
    text = str(rng.choice(["$", "¥", "€"])) + price
    if rng.uniform() < 0.5:
        text = lettering.promo_phrase(rng, chinese) + "\n" + text
    mask = _fitted_text(painter, text, _face(rng, chinese),
                        _size(painter, rng, 0.06, 0.13), 0.8)
    margin = int(rng.uniform(0.2, 0.5) * mask.shape[0] / (1 + text.count("\n")))
    layer = np.empty((mask.shape[0] + 2 * margin, mask.shape[1] + 2 * margin, 3),
                     np.uint8)
    layer[:] = plate
    _stamp(layer, mask, ink)
    _place(painter, rng, layer, np.full(layer.shape[:2], 255, np.uint8),
           max_turn=rng.choice([0, 12]))


def _slogan(painter, rng, chinese):
    """Outlined letters straight on the picture."""
    plate, ink = _ink_pair(rng)
    font = _face(rng, chinese)(_size(painter, rng, 0.06, 0.14))
    text = lettering.promo_phrase(rng, chinese)
    outline = max(2, int(font.size * rng.uniform(0.05, 0.12)))
    wide = lettering.text_mask(text, font, outline)
    layer = _solid(wide, ink).copy()
    _stamp(layer, lettering.text_mask(text, font), plate)
    _place(painter, rng, layer, wide, max_turn=rng.choice([0, 25]))


def _bullet_list(painter, rng, chinese):
    """Several lines of selling points, with or without a plate."""
    plate, ink = _ink_pair(rng)
    lines = [lettering.promo_phrase(rng, chinese)
             for _ in range(rng.integers(3, 7))]
    mask = _fitted_text(painter, "\n".join(lines), _face(rng, chinese),
                        _size(painter, rng, 0.04, 0.075))
    position = _somewhere(painter, rng, *mask.shape)
    if rng.uniform() < 0.6:
        layer = np.empty((mask.shape[0] + 20, mask.shape[1] + 20, 3), np.uint8)
        layer[:] = plate
        painter.overlay(layer, np.full(layer.shape[:2], 255, np.uint8),
                        position[0] - 10, position[1] - 10)
    painter.overlay(_solid(mask, ink), mask, *position)


# --- QR codes --------------------------------------------------------------

def qr_code(painter, rng):
    """A scannable code on a quiet zone, turned and tilted at random."""
    code = segno.make(_payload(rng), error=str(rng.choice(list("lmqh"))),
                      micro=False, boost_error=False)
    modules = np.array([list(row) for row in code.matrix], np.uint8)
    modules = np.pad(modules, int(rng.integers(1, 5)))
    dark, light = _qr_colours(rng)
    small = np.where(modules[..., None] > 0, dark, light).astype(np.uint8)
    side = int(_size(painter, rng, 0.17, 0.5))
    layer = cv2.resize(small, (side, side), interpolation=cv2.INTER_NEAREST)
    if rng.uniform() < 0.2:
        _logo(layer, rng)
    alpha = np.full((side, side), 255, np.uint8)
    if rng.uniform() < 0.35:
        layer, alpha = _tilted(rng, layer, alpha)
    max_turn = rng.choice([0, 8, 45], p=[0.5, 0.2, 0.3])
    _place(painter, rng, layer, alpha, max_turn=max_turn)


def _payload(rng):
    digits = "".join(str(d) for d in rng.integers(0, 10, rng.integers(4, 40)))
    host = lettering.brand(rng).lower()
    return f"https://{host}.example/{digits}"


def _qr_colours(rng):
    dark = palette.neutral(rng, 0, 40)
    if rng.uniform() < 0.35:
        dark = palette.scaled(palette.vivid(rng), 0.5)
    light = palette.neutral(rng, 225, 255)
    if rng.uniform() < 0.2:
        light = palette.scaled(palette.pastel(rng), 1.1)
    if rng.uniform() < 0.06:
        dark, light = light, dark
    return np.asarray(dark), np.asarray(light)


def _logo(layer, rng):
    side = layer.shape[0]
    half = int(side * rng.uniform(0.07, 0.12))
    middle = slice(side // 2 - half, side // 2 + half)
    layer[middle, middle] = palette.vivid(rng)


def _tilted(rng, layer, alpha):
    side = layer.shape[0]
    corners = np.float32([(0, 0), (side, 0), (side, side), (0, side)])
    moved = corners + rng.uniform(-0.09, 0.09, (4, 2)) * side
    moved = (moved - moved.min(0)).astype(np.float32)
    size = tuple(int(v) for v in np.ceil(moved.max(0)))
    matrix = cv2.getPerspectiveTransform(corners, moved)
    return (cv2.warpPerspective(layer, matrix, size, flags=cv2.INTER_AREA),
            cv2.warpPerspective(alpha, matrix, size))


# --- watermarks ------------------------------------------------------------

def watermark(painter, rng):
    """Semi-transparent text or logo: tiled, diagonal or single."""
    style = rng.choice([_tiled, _single, _emblem], p=[0.5, 0.35, 0.15])
    mask = style(painter, rng)
    grey = cv2.cvtColor(painter.canvas, cv2.COLOR_RGB2GRAY)
    covered = float((grey * (mask > 40)).sum() / max(1, (mask > 40).sum()))
    ink = rng.uniform(235, 255) if covered < 150 else rng.uniform(0, 70)
    colour = palette.jitter(rng, (ink,) * 3, 12)
    visible = MIN_WATERMARK_CONTRAST / max(1, abs(ink - covered))
    opacity = max(rng.uniform(0.24, 0.5), min(visible, 0.6))
    painter.overlay(_solid(mask, colour), (mask * opacity).astype(np.uint8), 0, 0)


def _tiled(painter, rng):
    chinese = rng.uniform() < 0.3
    font = _face(rng, chinese)(_size(painter, rng, 0.05, 0.1))
    tile = lettering.text_mask(lettering.watermark_phrase(rng, chinese), font)
    gap_x = int(font.size * rng.uniform(0.6, 2.5))
    gap_y = int(font.size * rng.uniform(0.9, 3))
    tile = np.pad(tile, ((0, gap_y), (0, gap_x)))
    height, width = painter.canvas.shape[:2]
    side = int(np.hypot(height, width)) + max(tile.shape)
    rows = [np.roll(tile, int(shift), 1) for shift in
            rng.integers(0, tile.shape[1], side // tile.shape[0] + 1)]
    field = np.concatenate(
        [np.tile(row, (1, side // tile.shape[1] + 1)) for row in rows])
    return _turned_crop(field, rng.choice([0, rng.uniform(-50, 50)]),
                        height, width)


def _turned_crop(field, degrees, height, width):
    """The middle of a turned field, as large as the picture."""
    centre = (field.shape[1] / 2, field.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(centre, degrees, 1)
    matrix[:, 2] += (width / 2 - centre[0], height / 2 - centre[1])
    return cv2.warpAffine(field, matrix, (width, height))


def _single(painter, rng):
    chinese = rng.uniform() < 0.3
    height, width = painter.canvas.shape[:2]
    font_of = _face(rng, chinese)
    text = lettering.watermark_phrase(rng, chinese)
    probe = lettering.text_mask(text, font_of(80))
    wanted = rng.uniform(0.45, 0.95) * width
    size = min(80 * wanted / probe.shape[1], 0.3 * min(height, width))
    mask = lettering.text_mask(text, font_of(size))
    degrees = rng.choice([0, rng.uniform(-45, 45)])
    return _on_empty(painter, rng, turned(mask, mask, degrees)[1])


def _emblem(painter, rng):
    """A ring with initials, as photo studios put on their pictures."""
    side = int(_size(painter, rng, 0.35, 0.65))
    mask = np.zeros((side, side), np.uint8)
    thickness = max(3, int(side * rng.uniform(0.03, 0.07)))
    cv2.circle(mask, (side // 2,) * 2, side // 2 - thickness, 255, thickness,
               cv2.LINE_AA)
    text = lettering.brand(rng)
    probe = lettering.text_mask(text, _face(rng, False)(80))
    font_size = 80 * side * 0.62 / probe.shape[1]
    letters = lettering.text_mask(text, _face(rng, False)(font_size))
    letters = letters[:side, :side]
    top, left = (side - letters.shape[0]) // 2, (side - letters.shape[1]) // 2
    region = mask[top:top + letters.shape[0], left:left + letters.shape[1]]
    np.maximum(region, letters, out=region)
    return _on_empty(painter, rng, mask)


def _on_empty(painter, rng, mask):
    """The mask somewhere around the middle of an otherwise empty picture."""
    height, width = painter.canvas.shape[:2]
    x = (width - mask.shape[1]) / 2 + rng.uniform(-0.12, 0.12) * width
    y = (height - mask.shape[0]) / 2 + rng.uniform(-0.2, 0.2) * height
    matrix = np.float32([(1, 0, x), (0, 1, y)])
    return cv2.warpAffine(mask, matrix, (width, height))


def turned(layer, alpha, degrees):
    """Layer and alpha turned about their middle, grown to stay whole."""
    height, width = alpha.shape
    cos, sin = abs(np.cos(np.radians(degrees))), abs(np.sin(np.radians(degrees)))
    size = (int(width * cos + height * sin) + 1,
            int(width * sin + height * cos) + 1)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    matrix[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    return (cv2.warpAffine(layer, matrix, size),
            cv2.warpAffine(alpha, matrix, size))
