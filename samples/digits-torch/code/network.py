"""A small convolutional network over square, one-colour images that come as rows of pixels."""
import math

import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, pixels: int, classes: int, maximum: float):
        super().__init__()
        self.side = math.isqrt(pixels)
        if self.side**2 != pixels:
            raise ValueError(f"{pixels} pixels are no square image")
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
        """Logits, one a class."""
        return self.layers((rows / self.maximum).view(-1, 1, self.side, self.side))
