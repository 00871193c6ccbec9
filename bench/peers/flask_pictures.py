"""The peer: a Flask app that prepares a photo with Pillow and classifies it with PyTorch, one thread a worker."""
import io
import os

import numpy as np
import torch
from flask import Flask, jsonify, request
from mobilenet import LABELS, mobilenet
from PIL import Image, ImageOps

torch.set_num_threads(1)
mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
std = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)


def load(frozen):
    model = mobilenet()
    model.load_state_dict(torch.load(os.environ["MODEL_FILE"]))
    if not frozen:
        return model
    traced = torch.jit.freeze(torch.jit.trace(model, torch.zeros(1, 3, 224, 224)))
    return torch.jit.optimize_for_inference(traced)


def make(frozen=False):
    """The usual model, or the one that TorchScript has traced, frozen and optimized."""
    app = Flask(__name__)
    model = load(frozen)

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
        answer = {"label": LABELS[best], "score": probabilities[best], "probabilities": probabilities}
        return jsonify(predictions=[answer])

    return app
