"""Runs the exported model on tensors and on picture files."""

import cv2
import numpy as np
import onnxruntime

from demogen import LABELS
from preprocessing import squeeze, to_tensor

REDUCED = {2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4,
           8: cv2.IMREAD_REDUCED_COLOR_8}


class Model:
    """The exported model on ONNX Runtime."""

    def __init__(self, path, threads=2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"])

    def scores(self, tensor):
        """Scores [N,4] of a tensor [N,3,224,224]."""
        return self.session.run(["scores"], {"image": tensor})[0]

    def named_scores(self, image):
        """Label -> score of one RGB picture of any size."""
        row = self.scores(to_tensor(squeeze(image)))[0]
        return {label: float(score) for label, score in zip(LABELS, row)}


def read_picture(path):
    """A file as upright RGB with transparency laid on white."""
    raw = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if raw.ndim == 3 and raw.shape[2] == 4:
        alpha = raw[..., 3:].astype(np.float32) / 255
        flat = raw[..., :3] * alpha + 255 * (1 - alpha)
        return np.round(flat).astype(np.uint8)[..., ::-1]
    return cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1]


def read_reduced(path, factor):
    """A file as upright RGB, decoded at 1/2, 1/4 or 1/8 of its size."""
    return cv2.imread(str(path), REDUCED[factor])[..., ::-1]
