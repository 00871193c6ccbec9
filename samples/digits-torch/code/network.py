"""A small convolutional network for square, one-channel images in the form of rows of pixels."""
import math

import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, pixels: int, classes: int, maximum: float):
        super().__init__()
        self.side = math.isqrt(pixels)
        if self.side**2 != pixels:
            raise ValueError(f"{pixels} feature columns are not a square image: give a square number of pixels")
        self.maximum = maximum
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Dropout(0.3),
            nn.Linear(64 * (self.side // 2) ** 2, 128),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(128, classes),
        )

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Returns logits of shape (rows, classes)."""
        return self.layers((rows / self.maximum).view(-1, 1, self.side, self.side))
