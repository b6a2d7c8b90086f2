"""Words and how they are set: fonts of the machine, never shipped here."""

import functools
import subprocess

import numpy as np
from PIL import Image, ImageDraw, ImageFont

LATIN_FAMILIES = ("DejaVu Sans", "DejaVu Sans Condensed", "DejaVu Serif",
                  "Liberation Sans", "Liberation Serif",
                  "Liberation Sans Narrow", "FreeSans", "FreeSerif")
CHINESE_FAMILIES = ("Noto Sans CJK SC", "Noto Serif CJK SC",
                    "WenQuanYi Zen Hei")

PROMO_WORDS = (
    "SALE", "50% OFF", "HOT DEAL", "FREE SHIPPING", "BUY 1 GET 1", "NEW!",
    "BEST PRICE", "LIMITED OFFER", "ONLY $9.99", "$19.90", "-70%", "CLEARANCE",
    "LAST CHANCE", "TODAY ONLY", "SUPER SAVER", "TOP QUALITY", "100% COTTON",
    "WHOLESALE", "FLASH SALE", "ORDER NOW", "GIFT INSIDE", "EXTRA 20% OFF",
    "BESTSELLER", "24H DELIVERY", "WARRANTY 2 YEARS", "CALL US NOW",
)
PROMO_WORDS_CHINESE = (
    "限时特价", "全场五折", "买一送一", "包邮", "新品上市", "厂家直销",
    "清仓大促", "爆款热卖", "仅需99元", "正品保证", "满减优惠", "今日特惠",
    "最后一天", "超值套装", "送运费险", "限量抢购", "品质保障", "立即下单",
)
WATERMARK_WORDS = (
    "SAMPLE", "PREVIEW", "COPYRIGHT", "© STUDIO", "PHOTOBANK", "DO NOT COPY",
    "shop4you.example", "STOCK IMAGE", "www.pics.example", "PROOF", "DRAFT",
    "© 2024 ALL RIGHTS", "MyStore", "LUMEN PHOTO",
)
WATERMARK_WORDS_CHINESE = ("版权所有", "禁止转载", "样图", "图片预览", "官方旗舰店",
                           "严禁盗图")
BRAND_WORDS = ("Aurel", "NORD", "Kivo", "Lumen", "Tera", "Oka", "Vero", "Mila",
               "ARC", "Solo", "fino", "Bera")

SIZE_STEP = 4


@functools.lru_cache(maxsize=None)
def _font_files(families):
    """Font files of the wanted families, asked from fontconfig."""
    listing = subprocess.run(
        ["fc-list", "--format", "%{family[0]}|%{file}|%{index}\n"],
        check=True, capture_output=True, text=True).stdout
    rows = sorted({tuple(line.split("|")) for line in listing.splitlines()})
    found = [(path, int(index)) for family, path, index in rows
             if family in families]
    if not found:
        raise RuntimeError(f"install one of these fonts: {', '.join(families)}")
    return found


@functools.lru_cache(maxsize=512)
def _font(path, index, size):
    return ImageFont.truetype(path, size, index=index)


def random_font(rng, size, chinese=False):
    """A function size -> font of one randomly chosen face."""
    files = _font_files(CHINESE_FAMILIES if chinese else LATIN_FAMILIES)
    path, index = files[rng.integers(len(files))]
    size = max(SIZE_STEP, int(size) // SIZE_STEP * SIZE_STEP)
    return _font(path, index, size)


def promo_phrase(rng, chinese):
    """One promotional phrase; some are random letters so none is learnt."""
    words = PROMO_WORDS_CHINESE if chinese else PROMO_WORDS
    if not chinese and rng.uniform() < 0.1:
        return _random_word(rng) + " " + str(rng.integers(1, 1000))
    return str(rng.choice(words))


def watermark_phrase(rng, chinese):
    """One watermark text."""
    words = WATERMARK_WORDS_CHINESE if chinese else WATERMARK_WORDS
    if not chinese and rng.uniform() < 0.3:
        return _random_word(rng)
    return str(rng.choice(words))


def brand(rng):
    """A short brand name, as it is legitimately printed on a product."""
    return str(rng.choice(BRAND_WORDS))


def _random_word(rng):
    letters = rng.integers(ord("A"), ord("Z") + 1, rng.integers(4, 10))
    return "".join(chr(letter) for letter in letters)


def text_mask(text, font, outline=0, spacing=0.25):
    """Alpha mask (0..255) of one or more lines of text, tightly cropped."""
    gap = int(font.size * spacing)
    probe = ImageDraw.Draw(Image.new("L", (1, 1)))
    box = probe.multiline_textbbox((0, 0), text, font=font, spacing=gap,
                                   stroke_width=outline)
    width, height = int(box[2] - box[0]) + 2, int(box[3] - box[1]) + 2
    image = Image.new("L", (width, height), 0)
    ImageDraw.Draw(image).multiline_text(
        (1 - box[0], 1 - box[1]), text, fill=255, font=font, spacing=gap,
        stroke_width=outline, align="center")
    return np.asarray(image)
