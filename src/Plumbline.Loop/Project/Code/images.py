"""How an image is read, and a small convolutional network for it. Exchange it for a network of your own."""
import io

import numpy
import torch
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import nn

TYPES = ("image/jpeg", "image/png")
SIDE = 64  # pixels: every image is scaled to a square
STEPS = 4  # pixels by which training moves images


def read(body: bytes, kind: str) -> torch.Tensor:
    """Bytes of shape (3, SIDE, SIDE). A ValueError says what is wrong with the image."""
    try:
        with Image.open(io.BytesIO(body)) as image:
            image = ImageOps.exif_transpose(image).convert("RGB").resize((SIDE, SIDE))
    except UnidentifiedImageError as error:
        raise ValueError("the image cannot be decoded: the bytes are not an image") from error
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"the image cannot be decoded: {error}") from error
    return torch.from_numpy(numpy.array(image)).permute(2, 0, 1)


def augment(images: torch.Tensor) -> torch.Tensor:
    """Moves and brightens the images of a batch a little, so that the network does not learn them by heart."""
    right, down = torch.randint(-STEPS, STEPS + 1, (2,)).tolist()
    light = 0.8 + 0.4 * torch.rand(len(images), 1, 1, 1, device=images.device)
    return torch.roll(images, (down, right), (2, 3)) * light


class Network(nn.Module):
    def __init__(self, classes: int):
        super().__init__()
        self.layers = nn.Sequential(
            *self.block(3, 32), *self.block(32, 64), *self.block(64, 128),
            nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Dropout(0.3), nn.Linear(128 * 16, classes),
        )

    @staticmethod
    def block(before: int, after: int) -> list:
        return [nn.Conv2d(before, after, 3, padding=1), nn.GroupNorm(8, after), nn.ReLU(), nn.MaxPool2d(2)]

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Returns logits of shape (images, classes)."""
        return self.layers(images.float() / 127.5 - 1)
