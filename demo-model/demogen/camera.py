"""What happens to a picture between the studio and the shop's file server."""

import cv2
import numpy as np

from .painter import smooth_noise


def shoot(rng, image):
    """Blur, tint, exposure and sensor noise of a random camera."""
    image = _blurred(rng, image)
    gain = rng.uniform(0.86, 1.1) * rng.uniform(0.97, 1.03, 3)
    table = np.clip(np.arange(256)[:, None] * gain + rng.uniform(-8, 8), 0, 255)
    image = cv2.LUT(image, table.astype(np.uint8)[:, None])
    if rng.uniform() < 0.5:
        image = _noisy(rng, image)
    return image


def to_jpeg(rng, image):
    """Encode an RGB picture as a shop would, at a random quality."""
    options = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 98)),
               cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
               int(rng.choice([cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
                               cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]))]
    return cv2.imencode(".jpg", image[..., ::-1], options)[1]


def from_jpeg(rng, data, longest):
    """Decode to RGB, at times at half size as the product's decoder does."""
    half = longest >= 900 and rng.uniform() < 0.5
    flag = cv2.IMREAD_REDUCED_COLOR_2 if half else cv2.IMREAD_COLOR
    return cv2.imdecode(data, flag)[..., ::-1]


def _blurred(rng, image):
    if rng.uniform() < 0.6:
        return image
    return cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 1.8))


def _noisy(rng, image):
    height, width = image.shape[:2]
    noise = smooth_noise(rng, height, width, 2) * rng.uniform(2, 9)
    return np.clip(image + noise[..., None], 0, 255).astype(np.uint8)
