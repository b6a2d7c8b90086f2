"""The product's path from a picture to the model's input, in Python."""

import cv2
import numpy as np

INPUT_SIDE = 224


def squeeze(image):
    """Stretch an RGB picture to the model's square with area averaging."""
    return cv2.resize(image, (INPUT_SIDE, INPUT_SIDE),
                      interpolation=cv2.INTER_AREA)


def to_tensor(image):
    """uint8 [224,224,3] RGB -> float32 [1,3,224,224] in 0..1."""
    scaled = image.astype(np.float32) / np.float32(255)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])
