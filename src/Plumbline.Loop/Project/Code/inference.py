"""
The model's handler, as AWS's PyTorch image calls it: model_fn, input_fn, predict_fn, output_fn. The body of a request is
one example. The endpoint, the evaluation and the deployment's probe all ask this handler.
"""
import json

import torch

import network

try:
    from sagemaker_inference.errors import GenericInferenceToolkitError as Refusal
except ImportError:  # outside AWS's image

    class Refusal(Exception):
        def __init__(self, status_code, message=None):
            super().__init__(message)
            self.status_code, self.message = status_code, message


DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def model_fn(model_dir):
    known = torch.load(f"{model_dir}/model.pt", map_location=DEVICE)
    model = network.Network(len(known["labels"]))
    model.load_state_dict(known["weights"])
    return model.to(DEVICE).eval(), known["labels"]


def input_fn(body, content_type):
    kind = content_type.split(";")[0].strip().lower()
    if kind not in network.TYPES:
        raise Refusal(415, f"the content type is {kind}: send {' or '.join(network.TYPES)}")
    try:
        return network.read(body.encode() if isinstance(body, str) else bytes(body), kind).to(DEVICE)
    except ValueError as error:
        raise Refusal(400, str(error)) from error


@torch.no_grad()
def predict_fn(example, model):
    model, labels = model
    return model(example.unsqueeze(0)).softmax(1)[0].tolist(), labels


def output_fn(prediction, accept):
    probabilities, labels = prediction
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    answer = {"label": labels[best], "score": probabilities[best], "probabilities": probabilities}
    return json.dumps({"predictions": [answer]}), "application/json"
