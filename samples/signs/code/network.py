"""How a photo is read, and a small convolutional network for it, which Plumbline's server runs as ONNX."""
import io
import json
import pathlib

import numpy
import torch
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import nn

TYPES = ("image/jpeg", "image/png")
SIDE = 32  # pixels: every photo is scaled to a square
STEPS = 2  # pixels by which training moves photos


def read(body: bytes, kind: str) -> torch.Tensor:
    """Bytes of shape (3, SIDE, SIDE), as the server makes them by `export`'s signature."""
    try:
        with Image.open(io.BytesIO(body)) as image:
            image = ImageOps.exif_transpose(image).convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    except UnidentifiedImageError as error:
        raise ValueError("the image cannot be decoded: the bytes are not an image") from error
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"the image cannot be decoded: {error}") from error
    return torch.from_numpy(numpy.array(image)).permute(2, 0, 1)


def augment(images: torch.Tensor) -> torch.Tensor:
    """Moves and brightens the photos of a batch a little, so that the network does not learn them by heart."""
    right, down = torch.randint(-STEPS, STEPS + 1, (2,)).tolist()
    light = 0.8 + 0.4 * torch.rand(len(images), 1, 1, 1, device=images.device)
    return torch.roll(images, (down, right), (2, 3)) * light


class Network(nn.Module):
    def __init__(self, classes: int):
        super().__init__()
        self.layers = nn.Sequential(
            *self.block(3, 16), *self.block(16, 32), *self.block(32, 64),
            nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * (SIDE // 8) ** 2, classes),
        )

    @staticmethod
    def block(before: int, after: int) -> list:
        return [nn.Conv2d(before, after, 3, padding=1), nn.GroupNorm(8, after), nn.ReLU(), nn.MaxPool2d(2)]

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Returns logits of shape (images, classes)."""
        return self.layers(images.float() / 127.5 - 1)


def export(model: Network, labels: list, folder: pathlib.Path) -> None:
    """Writes model.onnx and signature.json, with which Plumbline's server needs no Python."""
    torch.onnx.export(
        model.eval(),
        torch.zeros(2, 3, SIDE, SIDE, dtype=torch.uint8),
        str(folder / "model.onnx"),
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
    )
    signature = {
        "input": {"kind": "image", "resize": {"exact": [SIDE, SIDE], "filter": "bilinear"}, "dtype": "uint8"},
        "output": {"kind": "logits", "labels": labels},
    }
    (folder / "signature.json").write_text(json.dumps(signature, indent=2) + "\n")
