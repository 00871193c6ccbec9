"""Writes PyTorch's probabilities for photos as CSV: parity.py FOLDER OF_PHOTOS. With Pillow, from the files themselves;
without it, from the cut bytes that the test wrote beside them (NAME.rgb)."""
import pathlib
import sys

import numpy
import torch

try:
    from PIL import Image, ImageOps
except ImportError:
    Image = None

SHORTER, CROP = 72, 64
torch.set_num_threads(2)


def cut(file):
    if Image is None:
        return numpy.fromfile(file.with_suffix(".rgb"), dtype=numpy.uint8).reshape(CROP, CROP, 3)
    image = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    width, height = image.size
    if width <= height:
        size = (SHORTER, int(SHORTER * height / width))
    else:
        size = (int(SHORTER * width / height), SHORTER)
    left, top = (round((length - CROP) / 2) for length in size)
    return numpy.asarray(image.resize(size, Image.Resampling.BILINEAR).crop((left, top, left + CROP, top + CROP)))


files = sorted(pathlib.Path(sys.argv[2]).glob("*.jpg"))
model = torch.load(sys.argv[1])
mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
std = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
with torch.no_grad():
    for start in range(0, len(files), 100):
        pixels = numpy.stack([cut(file) for file in files[start : start + 100]])
        numbers = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
        for row in torch.softmax(model((numbers - mean) / std), dim=1):
            print(",".join(f"{value:.9g}" for value in row.tolist()))
print("Pillow" if Image else "cut bytes", file=sys.stderr)
