"""Write small pictures with exact scores, to prove another preprocessing."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from demogen import scene
from preprocessing import INPUT_SIDE, squeeze, to_tensor
from scoring import Model

SEED = 40_000
PROBES = 20
SQUARE, WIDE = (INPUT_SIDE, INPUT_SIDE), (480, 640)
PICTURES = (
    ("clean-teddy.png", (), "teddy", SQUARE),
    ("qr-code-mug.png", ("qr_code",), "mug", SQUARE),
    ("promo-text-watermark-shoe.png", ("promo_text", "watermark"), "shoe", SQUARE),
    ("skin-exposure-qr-code.png", ("skin_exposure", "qr_code"), "ball", SQUARE),
    ("watermark-sofa-640x480.png", ("watermark",), "sofa", WIDE),
)
PROBED = ("qr-code-mug.png", "watermark-sofa-640x480.png")
SAVED = "watermark-sofa-640x480.png"


def draw(index, labels, product, size):
    """A picture of exactly this size, drawn larger and made smaller."""
    rng = np.random.default_rng((SEED, index))
    height, width = size
    drawn = scene.render(rng, labels, (3 * height, 3 * width), product)
    return cv2.resize(drawn.image, (width, height), interpolation=cv2.INTER_AREA)


def probes(tensor, index):
    """Tensor values at random places, as (channel, row, column, value)."""
    rng = np.random.default_rng((SEED, index, PROBES))
    _, channels, height, width = tensor.shape
    entries = []
    for _ in range(PROBES):
        c, y, x = (int(rng.integers(n)) for n in (channels, height, width))
        entries.append({"c": c, "y": y, "x": x, "value": float(tensor[0, c, y, x])})
    return entries


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("demo.onnx"))
    parser.add_argument("--out", type=Path, default=Path("golden"))
    options = parser.parse_args()
    options.out.mkdir(exist_ok=True)
    model = Model(options.model)
    pictures = []
    for index, (name, labels, product, size) in enumerate(PICTURES):
        image = draw(index, labels, product, size)
        cv2.imwrite(str(options.out / name), image[..., ::-1])
        tensor = to_tensor(squeeze(image))
        item = {"file": name, "width": size[1], "height": size[0],
                "resize": "none" if size == SQUARE else "INTER_AREA 224x224",
                "labels": list(labels), "scores": model.named_scores(image)}
        if name in PROBED:
            item["probes"] = probes(tensor, index)
        if name == SAVED:
            np.save(options.out / f"{Path(name).stem}.npy", tensor.astype(np.float16))
        pictures.append(item)
    document = {"tensor": "float32 [1,3,224,224] RGB, value / 255",
                "pictures": pictures}
    (options.out / "golden.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
