"""Writes a model of MobileNet-v2's shape with random weights, and a photo: mobilenet.py FOLDER."""
import json
import os
import sys

import torch
from PIL import Image
from torch import nn

# Width, repeats, stride and expansion of MobileNet-v2's blocks.
BLOCKS = [(16, 1, 1, 1), (24, 2, 2, 6), (32, 3, 2, 6), (64, 4, 2, 6), (96, 3, 1, 6), (160, 3, 2, 6), (320, 1, 1, 6)]
LABELS = [f"class {i}" for i in range(1000)]


def convolution(before, after, size, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(before, after, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(after), nn.ReLU6()
    )


class Block(nn.Module):
    def __init__(self, before, after, stride, expansion):
        super().__init__()
        wide = before * expansion
        first = [convolution(before, wide, 1)] if expansion > 1 else []
        self.layers = nn.Sequential(
            *first, convolution(wide, wide, 3, stride, groups=wide), nn.Conv2d(wide, after, 1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.is_residual = stride == 1 and before == after

    def forward(self, x):
        return x + self.layers(x) if self.is_residual else self.layers(x)


def mobilenet():
    torch.manual_seed(1)
    layers, width = [convolution(3, 32, 3, 2)], 32
    for after, repeats, stride, expansion in BLOCKS:
        for repeat in range(repeats):
            layers.append(Block(width, after, stride if repeat == 0 else 1, expansion))
            width = after
    layers += [convolution(width, 1280, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, len(LABELS))]
    return nn.Sequential(*layers).eval()


def export(model, example, folder, signature):
    """Writes a model that runs requests together, and the same model that runs them one by one."""
    for name, batch in [("together", {"max": 16, "wait_ms": 2}), ("single", {"max": 1})]:
        os.makedirs(f"{folder}/{name}/model")
        torch.onnx.export(
            model, example, f"{folder}/{name}/model/model.onnx", input_names=["input"], output_names=["output"],
            dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        )
        with open(f"{folder}/{name}/model/signature.json", "w") as file:
            json.dump({**signature, "batch": batch}, file)


def main(folder):
    model = mobilenet()
    torch.save(model.state_dict(), f"{folder}/model.pt")
    export(model, torch.zeros(2, 3, 224, 224), f"{folder}/mobilenet", {
        "input": {
            "kind": "image", "resize": {"shorter": 256}, "crop": [224, 224],
            "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225],
        },
        "output": {"kind": "logits", "labels": LABELS},
    })
    # Dense layers read 42 MB of weights for each run, so that runs together pay.
    dense = nn.Sequential(
        nn.Linear(256, 2048), nn.ReLU(), nn.Linear(2048, 2048), nn.ReLU(), nn.Linear(2048, 2048), nn.ReLU(),
        nn.Linear(2048, 1000),
    )
    export(dense.eval(), torch.zeros(2, 256), f"{folder}/dense", {
        "input": {"kind": "tensor", "shape": [256]}, "output": {"kind": "logits", "labels": LABELS},
    })
    # Soft shapes with some grain compress as a photo does.
    soft = Image.effect_noise((20, 15), 120).resize((640, 480), Image.Resampling.BICUBIC)
    grain = Image.blend(soft, Image.effect_noise((640, 480), 60), 0.1)
    Image.merge("RGB", (grain, soft, grain.transpose(Image.Transpose.FLIP_TOP_BOTTOM))).save(
        f"{folder}/photo.jpg", quality=90
    )


if __name__ == "__main__":
    main(sys.argv[1])
