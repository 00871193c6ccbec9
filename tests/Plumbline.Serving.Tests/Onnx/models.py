"""Exports the tests' models with the function of docs/signature.json.md: models.py FOLDER."""
import sys

import torch
from export_onnx import export
from torch import nn

torch.manual_seed(1)
folder = sys.argv[1]
digits = [str(digit) for digit in range(10)]


class Flat(nn.Module):
    """Answers the numbers that it gets."""

    def forward(self, x):
        return x.flatten(1).float() * 1


class OneAtATime(nn.Module):
    """A mistake in an export: the batch is a constant in the graph."""

    def forward(self, x):
        return x.reshape(1, 6)


picture = nn.Sequential(
    nn.Conv2d(3, 16, 3, stride=2), nn.BatchNorm2d(16), nn.ReLU(),
    nn.Conv2d(16, 32, 3, stride=2), nn.ReLU(),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10),
)
with torch.no_grad():
    # Random weights answer almost the same for every picture: these spread the answers.
    picture[-1].weight *= 400
    picture[-1].bias -= picture.eval()(torch.rand(64, 3, 64, 64) - 0.3).mean(0)
torch.save(picture.eval(), f"{folder}/picture.pt")
normalized = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
small = {"resize": {"shorter": 72}, "crop": [64, 64], **normalized}
export(picture, torch.zeros(2, 3, 64, 64), f"{folder}/picture", {
    "input": {"kind": "image", **small},
    "output": {"kind": "logits", "labels": digits},
    "batch": {"max": 16, "wait_ms": 2},
})
export(Flat(), torch.zeros(2, 4, 3, 3, dtype=torch.uint8), f"{folder}/bytes", {
    "input": {"kind": "image", "resize": {"exact": [4, 3], "filter": "nearest"}, "layout": "NHWC", "dtype": "uint8"},
    "output": {"kind": "probabilities", "labels": [str(i) for i in range(36)]},
})
tensor = nn.Sequential(nn.Flatten(), nn.Linear(6, 3))
export(tensor, torch.zeros(2, 2, 3), f"{folder}/tensor", {
    "input": {"kind": "tensor", "name": "input", "shape": [2, 3]},
    "output": {"kind": "logits", "name": "output", "labels": ["a", "b", "c"]},
    "batch": {"max": 4, "wait_ms": 1},
})
export(nn.Linear(4, 1), torch.zeros(2, 4), f"{folder}/number", {
    "input": {"kind": "tensor", "shape": [4]}, "output": {"kind": "number"},
})
export(nn.Linear(4, 1), torch.zeros(2, 4), f"{folder}/binary", {
    "input": {"kind": "tensor", "shape": [4]}, "output": {"kind": "logits", "labels": ["no", "yes"]},
})
export(OneAtATime(), torch.zeros(1, 2, 3), f"{folder}/one", {
    "input": {"kind": "tensor", "shape": [2, 3]},
    "output": {"kind": "probabilities", "labels": list("abcdef")},
})
