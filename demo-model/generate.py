"""Render a data set of squeezed synthetic pictures with their labels.

Each picture has a seed of its own, derived from the data set's seed and its
index, so the result does not depend on the number of worker processes.
"""

import argparse
import multiprocessing
from pathlib import Path

import cv2
import numpy as np

from demogen import LABELS, camera, scene
from preprocessing import INPUT_SIDE, squeeze


def picture(seed, index):
    """One picture as the model sees it: rendered, JPEG-coded, squeezed."""
    rng = np.random.default_rng((seed, index))
    drawn = scene.render(rng)
    data = camera.to_jpeg(rng, camera.shoot(rng, drawn.image))
    decoded = camera.from_jpeg(rng, data, max(drawn.image.shape[:2]))
    return squeeze(decoded), drawn.target()


def generate(seed, count, folder, workers):
    """Write ``images.npy`` and ``targets.npy`` of a data set."""
    folder.mkdir(parents=True, exist_ok=True)
    shape = (count, INPUT_SIDE, INPUT_SIDE, 3)
    images = np.lib.format.open_memmap(folder / "images.npy", "w+", np.uint8,
                                       shape)
    targets = np.zeros((count, len(LABELS)), np.float32)
    jobs = ((seed, index) for index in range(count))
    with multiprocessing.Pool(workers, cv2.setNumThreads, (1,)) as pool:
        results = pool.imap(_picture_of, jobs, chunksize=16)
        for index, (image, target) in enumerate(results):
            images[index], targets[index] = image, target
    images.flush()
    np.save(folder / "targets.npy", targets)


def _picture_of(job):
    return picture(*job)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    generate(options.seed, options.count, options.out, options.workers)


if __name__ == "__main__":
    main()
