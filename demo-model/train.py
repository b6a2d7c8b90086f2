"""Train the demonstration model and export it to ONNX."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch.nn import functional

from demogen import LABELS
from network import DemoNetwork, Scorer
from preprocessing import INPUT_SIDE

BATCH = 64
PEAK_LEARNING_RATE = 4e-3
OPSET = 17
MAX_EXPORT_DIFFERENCE = 1e-4


def load(folders):
    """Images and targets of several data sets, images memory-mapped."""
    images = [np.load(folder / "images.npy", mmap_mode="r") for folder in folders]
    targets = [np.load(folder / "targets.npy") for folder in folders]
    return np.concatenate(images), np.concatenate(targets)


def augment(batch, generator):
    """Random exposure, tint, grain and size of a whole batch of pictures.

    One field of grain is shared by the batch; only its strength differs.

    The network takes any size, so changing it is a cheap way to make small
    resampling differences between decoders irrelevant.
    """
    count = len(batch)
    gain = 1 + 0.1 * (torch.rand(count, 1, 1, 1, generator=generator) - 0.5)
    tint = 1 + 0.06 * (torch.rand(count, 3, 1, 1, generator=generator) - 0.5)
    bias = 0.08 * (torch.rand(count, 1, 1, 1, generator=generator) - 0.5)
    batch = batch * gain * tint + bias
    grain = 0.03 * torch.rand(count, 1, 1, 1, generator=generator)
    batch = batch + grain * torch.randn(batch.shape[1:], generator=generator)
    side = INPUT_SIDE + 8 * int(torch.randint(-2, 3, (1,), generator=generator))
    if side != INPUT_SIDE:
        batch = functional.interpolate(batch, size=(side, side), mode="bilinear",
                                       antialias=True)
    return batch.clamp(0, 1)


def train(images, targets, epochs, seed):
    """A network fitted to the pictures with one learning-rate cycle."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    network = DemoNetwork(len(LABELS)).to(memory_format=torch.channels_last)
    steps = epochs * (len(images) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, PEAK_LEARNING_RATE, total_steps=steps, pct_start=0.2)
    for epoch in range(epochs):
        order = torch.randperm(len(images), generator=generator).numpy()
        losses = []
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start:start + BATCH]
            batch = augment(to_batch(images[chosen]), generator)
            batch = batch.contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(batch)
            loss = functional.binary_cross_entropy_with_logits(
                logits.float(), torch.from_numpy(targets[chosen]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}/{epochs} loss {np.mean(losses):.4f}", flush=True)
    return network.eval()


def to_batch(pictures):
    """uint8 [N,H,W,3] -> float32 [N,3,H,W] in 0..1."""
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255


def export(scorer, path):
    """Write the scorer as ONNX with a dynamic batch and the label names."""
    example = torch.rand(2, 3, INPUT_SIDE, INPUT_SIDE)
    torch.onnx.export(scorer, example, str(path), opset_version=OPSET,
                      input_names=["image"], output_names=["scores"],
                      dynamic_axes={"image": {0: "batch"}, "scores": {0: "batch"}})
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {
        "labels": ",".join(LABELS),
        "description": "Demonstration model; knows generated pictures only."})
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def verify(scorer, path):
    """Fail unless ONNX Runtime and the training framework agree."""
    session = onnxruntime.InferenceSession(str(path),
                                           providers=["CPUExecutionProvider"])
    worst = 0.0
    for count in (1, 3, 16):
        images = torch.rand(count, 3, INPUT_SIDE, INPUT_SIDE)
        with torch.no_grad():
            expected = scorer(images).numpy()
        actual = session.run(["scores"], {"image": images.numpy()})[0]
        worst = max(worst, float(np.abs(actual - expected).max()))
    if worst >= MAX_EXPORT_DIFFERENCE:
        raise RuntimeError(f"exported model differs by {worst}")
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("."))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    images, targets = load(options.data)
    started = time.monotonic()
    network = train(images, targets, options.epochs, options.seed)
    seconds = time.monotonic() - started

    scorer = Scorer(network.to(memory_format=torch.contiguous_format)).eval()
    model_path = options.out / "demo.onnx"
    export(scorer, model_path)
    (options.out / "labels.txt").write_text("\n".join(LABELS) + "\n")
    facts = {"pictures": len(images), "epochs": options.epochs,
             "seed": options.seed, "seconds": round(seconds),
             "export_difference": verify(scorer, model_path)}
    (options.out / "training.json").write_text(json.dumps(facts, indent=2) + "\n")
    print(facts)


if __name__ == "__main__":
    main()
