"""Render the product's sample pictures and what the product must say of them.

For every sample, seeds are tried in order until the model is sure about the
written file on each way the product may decode it. Only the picture is chosen
by score; what it shows, and so what is expected, is fixed beforehand.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from demogen import LABELS, scene
from policy import RULES, verdict
from scoring import Model, read_picture, read_reduced

BASE_SEED = 20_000
MAX_TRIES = 60
SURE_NO, SURE_YES = 0.15, 0.96
REDUCED_FROM = {2: 900, 4: 1800, 8: 3600}
ORIENTATION_TAG, TURN_RIGHT = 0x0112, 6
FORBIDDEN_URL = "http://169.254.169.254/latest/meta-data/"
TEXT_NOT_IMAGE = "This file is plain text, whatever its name says.\n"


@dataclass(frozen=True)
class Sample:
    """One picture to make: ``how`` names the way it is saved."""

    file: str
    product: str
    labels: tuple = ()
    how: str = "jpeg"
    size: tuple = (800, 800)
    decoy: str = None
    figure: str = None


PROMO, QR, MARK, SKIN = LABELS

SAMPLES = (
    Sample("clean-shoe-01.jpg", "shoe", size=(800, 1000)),
    Sample("clean-mug-02.jpg", "mug", how="progressive", size=(900, 900)),
    Sample("clean-handbag-03.png", "handbag", how="png", size=(640, 640)),
    Sample("clean-bottle-04.png", "bottle", how="png-alpha", size=(720, 600)),
    Sample("clean-sofa-05.webp", "sofa", how="webp", size=(720, 1080)),
    Sample("clean-watch-06-exif-rotated.jpg", "watch", how="exif-rotated",
           size=(1200, 900)),
    Sample("clean-chair-07-4000x3000.jpg", "chair", size=(3000, 4000)),
    Sample("clean-box-08-palette.png", "box", how="palette", size=(640, 640)),
    Sample("clean-vase-09-grayscale.jpg", "vase", how="grayscale",
           size=(1000, 800)),
    Sample("clean-wooden-board-10.jpg", "cutting-board", size=(1000, 1000)),
    Sample("clean-phone-11.jpg", "phone", decoy="swatches"),
    Sample("clean-box-with-barcode-12.jpg", "box", decoy="barcode"),
    Sample("clean-dressed-model-13.jpg", "handbag", figure="dressed",
           size=(1200, 900)),
    Sample("clean-branded-jar-14.jpg", "jar", decoy="brand-label"),
    Sample("clean-patterned-cushion-15.webp", "sofa", how="webp",
           decoy="patterned-card", size=(800, 1000)),
    Sample("shoe-qr-code-16.jpg", "shoe", (QR,), size=(900, 1200)),
    Sample("bottle-qr-code-17.png", "bottle", (QR,), "png", (640, 640)),
    Sample("lamp-qr-code-18-grayscale.jpg", "lamp", (QR,), "grayscale"),
    Sample("backpack-qr-code-19-exif-rotated.jpg", "backpack", (QR,),
           "exif-rotated", (1000, 800)),
    Sample("handbag-promo-text-20.jpg", "handbag", (PROMO,), "progressive",
           (1000, 1000)),
    Sample("mug-promo-text-21.webp", "mug", (PROMO,), "webp"),
    Sample("teddy-promo-text-22.jpg", "teddy", (PROMO,), size=(1500, 1100)),
    Sample("sofa-watermark-23.jpg", "sofa", (MARK,), size=(900, 1350)),
    Sample("watch-watermark-24.png", "watch", (MARK,), "png-alpha", (640, 640)),
    Sample("vase-watermark-25-palette.png", "vase", (MARK,), "palette",
           (640, 640)),
    Sample("swimwear-skin-exposure-26.jpg", "sunglasses", (SKIN,),
           size=(1200, 900)),
    Sample("swimwear-skin-exposure-27.webp", "ball", (SKIN,), "webp",
           (1000, 800)),
    Sample("boot-promo-text-qr-code-28.jpg", "boot", (PROMO, QR),
           size=(1200, 1200)),
    Sample("phone-qr-code-watermark-29.jpg", "phone", (QR, MARK),
           "progressive", (1100, 900)),
    Sample("swimwear-skin-exposure-watermark-30.jpg", "headphones",
           (SKIN, MARK), size=(1000, 1000)),
    Sample("dress-promo-text-watermark-31.jpg", "dress", (PROMO, MARK),
           size=(1200, 900)),
)


def save(image, how, path):
    """Write an RGB picture in one of the formats shops deliver."""
    picture = Image.fromarray(image)
    if how == "jpeg":
        picture.save(path, quality=85)
    elif how == "progressive":
        picture.save(path, quality=88, progressive=True)
    elif how == "exif-rotated":
        exif = Image.Exif()
        exif[ORIENTATION_TAG] = TURN_RIGHT
        lying = Image.fromarray(np.ascontiguousarray(np.rot90(image)))
        lying.save(path, quality=88, exif=exif)
    elif how == "grayscale":
        picture.convert("L").save(path, quality=88)
    elif how == "png":
        picture.save(path, optimize=True)
    elif how == "png-alpha":
        Image.fromarray(cut_out(image)).save(path, optimize=True)
    elif how == "palette":
        picture.quantize(128).save(path, optimize=True)
    elif how == "webp":
        picture.save(path, quality=85, method=4)
    else:
        raise ValueError(how)


def cut_out(image):
    """RGBA with transparent corners that hide black, so that a decoder which
    forgets to lay it on white shows a very different picture."""
    height, width = image.shape[:2]
    alpha = np.zeros((height, width), np.uint8)
    cv2.ellipse(alpha, (width // 2, height // 2),
                (int(width * .54), int(height * .54)), 0, 0, 360, 255, -1)
    alpha = cv2.blur(alpha, (41, 41))
    hidden = np.where(alpha[..., None] == 0, 0, image)
    return np.dstack([hidden, alpha]).astype(np.uint8)


def views(path):
    """The file as each decoding of the product would see it."""
    whole = read_picture(path)
    yield whole
    longest = max(whole.shape[:2])
    if path.suffix == ".jpg":
        for factor, smallest in REDUCED_FROM.items():
            if longest >= smallest:
                yield read_reduced(path, factor)


def is_sure(scores, labels):
    """Whether all scores are far from every threshold, on the right side."""
    return all(score > SURE_YES if label in labels else score < SURE_NO
               for label, score in scores.items())


def make(sample, number, model, folder):
    """Write one sample and return its entry for ``expected.json``."""
    path = folder / sample.file
    for attempt in range(MAX_TRIES):
        rng = np.random.default_rng((BASE_SEED, number, attempt))
        drawn = scene.render(rng, sample.labels, sample.size, sample.product,
                             sample.decoy, sample.figure)
        save(drawn.image, sample.how, path)
        seen = [model.named_scores(view) for view in views(path)]
        if all(is_sure(scores, sample.labels) for scores in seen):
            print(f"{sample.file}: attempt {attempt}", flush=True)
            return entry(sample, seen)
    raise RuntimeError(f"no sure picture found for {sample.file}")


def entry(sample, seen):
    """The expected answer, from the labels drawn; the scores must agree."""
    truth = {label: float(label in sample.labels) for label in RULES}
    strongest, categories = verdict(truth)
    if any(verdict(scores) != (strongest, categories) for scores in seen):
        raise RuntimeError(f"scores contradict the labels of {sample.file}")
    return {"file": sample.file, "verdict": strongest, "categories": categories}


def make_faulty(folder):
    """Files that are no usable picture, and what must be said of them."""
    (folder / "not-an-image.jpg").write_text(TEXT_NOT_IMAGE)
    whole = (folder / SAMPLES[0].file).read_bytes()
    (folder / "truncated.jpg").write_bytes(whole[:len(whole) * 2 // 5])
    return [
        {"file": "truncated.jpg", "status": "FAILED", "code": "CORRUPT_IMAGE"},
        {"file": "not-an-image.jpg", "status": "FAILED", "code": "NOT_AN_IMAGE"},
        {"url": FORBIDDEN_URL, "status": "FAILED",
         "code": "FETCH_FORBIDDEN_ADDRESS"},
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("demo.onnx"))
    parser.add_argument("--out", type=Path, default=Path("../samples"))
    options = parser.parse_args()
    cv2.setNumThreads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    model = Model(options.model)
    entries = [make(sample, number, model, options.out)
               for number, sample in enumerate(SAMPLES)]
    entries += make_faulty(options.out)
    lines = ",\n".join("  " + json.dumps(item) for item in entries)
    (options.out / "expected.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
