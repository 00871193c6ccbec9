"""The peer: a Flask app that prepares a photo with Pillow and classifies it with PyTorch, one thread a worker."""
import io
import os

import numpy as np
import torch
from flask import Flask, jsonify, request
from mobilenet import LABELS, mobilenet
from PIL import Image, ImageOps

torch.set_num_threads(1)
app = Flask(__name__)
model = mobilenet()
model.load_state_dict(torch.load(os.environ["MODEL_FILE"]))
mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
std = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)


@app.get("/ping")
def ping():
    return "", 200


@app.post("/invocations")
def invocations():
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(request.get_data()))).convert("RGB")
    width, height = image.size
    short = min(width, height)
    image = image.resize((256 * width // short, 256 * height // short), Image.Resampling.BILINEAR)
    left, top = (image.width - 224) // 2, (image.height - 224) // 2
    pixels = np.array(image.crop((left, top, left + 224, top + 224)))
    with torch.inference_mode():
        numbers = (torch.from_numpy(pixels).permute(2, 0, 1).float() / 255 - mean) / std
        probabilities = torch.softmax(model(numbers.unsqueeze(0)), dim=1)[0].tolist()
    best = max(range(len(LABELS)), key=probabilities.__getitem__)
    return jsonify(predictions=[{"label": LABELS[best], "score": probabilities[best], "probabilities": probabilities}])
