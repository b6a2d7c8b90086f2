"""Measure the exported model on held-out pictures and write REPORT.md."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import onnx

from demogen import LABELS, camera, scene
from policy import RULES
from preprocessing import squeeze, to_tensor
from scoring import Model

BATCH = 64
STABILITY_SEED, STABILITY_COUNT = 30_000, 150


def predict(model, images):
    """Scores of squeezed pictures, in batches."""
    rows = []
    for start in range(0, len(images), BATCH):
        batch = images[start:start + BATCH].astype(np.float32) / np.float32(255)
        rows.append(model.scores(np.ascontiguousarray(batch.transpose(0, 3, 1, 2))))
    return np.concatenate(rows)


def at_threshold(scores, truth, threshold):
    """Precision, recall and F1 of ``score >= threshold``."""
    flagged = scores >= threshold
    hits = int((flagged & truth).sum())
    precision = hits / max(1, int(flagged.sum()))
    recall = hits / max(1, int(truth.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def area_under_curve(scores, truth):
    """Probability that a violating picture scores above an allowed one."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    positives, negatives = int(truth.sum()), int((~truth).sum())
    above = ranks[truth].sum() - positives * (positives + 1) / 2
    return above / (positives * negatives)


def count_macs(path):
    """Multiply-accumulates of one picture: convolutions and matrix products."""
    model = onnx.shape_inference.infer_shapes(onnx.load(path))
    shapes = {value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
              for value in [*model.graph.value_info, *model.graph.output]}
    weights = {tensor.name: tensor.dims for tensor in model.graph.initializer}
    total = 0
    for node in model.graph.node:
        if node.op_type == "Conv":
            _, _, height, width = shapes[node.output[0]]
            total += int(np.prod(weights[node.input[1]])) * height * width
        elif node.op_type == "Gemm":
            total += int(np.prod(weights[node.input[1]]))
    return total


def decoder_stability(model):
    """Largest and mean score change between full and half-size decoding."""
    changes = []
    for index in range(STABILITY_COUNT):
        rng = np.random.default_rng((STABILITY_SEED, index))
        drawn = scene.render(rng, size=(1200, 900))
        data = camera.to_jpeg(rng, camera.shoot(rng, drawn.image))
        rows = [model.scores(to_tensor(squeeze(cv2.imdecode(data, flag)[..., ::-1])))
                for flag in (cv2.IMREAD_COLOR, cv2.IMREAD_REDUCED_COLOR_2)]
        changes.append(np.abs(rows[0] - rows[1]).max())
    return float(np.max(changes)), float(np.mean(changes))


def metric_rows(scores, truth):
    """Markdown table rows, one per label and threshold."""
    rows = []
    for column, label in enumerate(LABELS):
        rule, mine, real = RULES[label], scores[:, column], truth[:, column]
        auc = area_under_curve(mine, real)
        for action, threshold in (("review", rule.review), ("block", rule.block)):
            if threshold is None:
                continue
            precision, recall, f1 = at_threshold(mine, real, threshold)
            rows.append(f"| `{label}` | {rule.category} | {action} | "
                        f"{threshold:.2f} | {precision:.4f} | {recall:.4f} | "
                        f"{f1:.4f} | {auc:.5f} | {int(real.sum())} |")
    return rows


def report(options, model, scores, truth):
    """The whole report as Markdown."""
    training = json.loads(options.training.read_text())
    largest, mean = decoder_stability(model)
    size = options.model.stat().st_size
    wrong = ((scores >= 0.5) != truth).any(1).mean()
    table = "\n".join(metric_rows(scores, truth))
    return f"""# Demonstration model: report

Written by `evaluate.py`; do not edit by hand.

**This model demonstrates the pipeline. It was trained on generated pictures
only and knows nothing else.** The numbers below say that it learnt what the
generator draws; they say nothing about photographs of real shops, and a system
that audits real pictures needs a model trained on real, labelled data.

## Held-out results

{len(truth)} generated pictures, data seed {options.data_seed}; none was used in training.
Recommended thresholds are those of the default policy.

| label | category | action | threshold | precision | recall | F1 | AUC | positives |
|---|---|---|---|---|---|---|---|---|
{table}

Pictures with at least one label wrong at 0.50: {wrong:.2%}.
Pictures without any violation: {int((~truth.any(1)).sum())}.

`promo_text` and `watermark` never block: they lead to a review at most.

## Sensitivity to decoding

{STABILITY_COUNT} JPEG pictures of 900x1200, decoded at full and at half size: the
largest change of any score is {largest:.4f}, the mean of the per-picture largest
change {mean:.5f} (render seed {STABILITY_SEED}).

## Model and training

| fact | value |
|---|---|
| file size | {size:,} bytes |
| multiply-accumulates per picture | {count_macs(options.model) / 1e6:.1f} million |
| input | `image` float32 [batch,3,224,224], RGB, 0..1 |
| output | `scores` float32 [batch,4]: {", ".join(LABELS)} |
| training pictures | {training["pictures"]} (data seeds {options.training_seeds}) |
| epochs | {training["epochs"]} |
| training seed | {training["seed"]} |
| training time | {training["seconds"]} s on 2 CPU threads |
| largest difference ONNX Runtime / PyTorch | {training["export_difference"]:.1e} (batches of 1, 3, 16) |
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--data-seed", type=int, required=True)
    parser.add_argument("--training-seeds", required=True)
    parser.add_argument("--model", type=Path, default=Path("demo.onnx"))
    parser.add_argument("--training", type=Path, default=Path("training.json"))
    parser.add_argument("--out", type=Path, default=Path("REPORT.md"))
    options = parser.parse_args()
    cv2.setNumThreads(1)
    model = Model(options.model)
    images = np.load(options.data / "images.npy", mmap_mode="r")
    truth = np.load(options.data / "targets.npy") > 0.5
    options.out.write_text(report(options, model, predict(model, images), truth))


if __name__ == "__main__":
    main()
