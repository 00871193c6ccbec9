"""
The model's handler, as AWS's PyTorch image calls it: model_fn, input_fn, predict_fn, output_fn. It takes rows as CSV or
JSON and answers label, score and probabilities in the order of the labels, as Plumbline's own model server does.
"""
import csv
import io
import json
import pathlib

import torch

try:
    from sagemaker_inference.errors import GenericInferenceToolkitError as Refusal
except ImportError:  # outside AWS's image

    class Refusal(Exception):
        def __init__(self, status_code, message=None):
            super().__init__(message)
            self.status_code, self.message = status_code, message


DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def model_fn(model_dir):
    network = torch.jit.load(f"{model_dir}/model.pt", map_location=DEVICE).eval()
    labels = json.loads((pathlib.Path(model_dir) / "labels.json").read_text())
    return network, labels


def input_fn(body, content_type):
    text = body if isinstance(body, str) else body.decode()
    try:
        if content_type.startswith("text/csv"):
            rows = [line for line in csv.reader(io.StringIO(text)) if line]
        elif content_type.startswith("application/json"):
            rows = json.loads(text)
            rows = rows["instances"] if isinstance(rows, dict) else rows
        else:
            raise Refusal(415, f"the content type is {content_type}: send text/csv or application/json")
        return torch.tensor([[float(cell) for cell in row] for row in rows], device=DEVICE)
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(400, f"the body is not a table of numbers: {error}") from error


@torch.no_grad()
def predict_fn(rows, model):
    network, labels = model
    try:
        return network(rows).softmax(1).tolist(), labels
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Refusal(400, f"the rows do not fit the model: {reason}") from error


def output_fn(prediction, accept):
    probabilities, labels = prediction
    best = [max(range(len(row)), key=row.__getitem__) for row in probabilities]
    if accept.startswith("text/csv"):
        return "".join(f"{labels[i]},{','.join(map(str, row))}\n" for i, row in zip(best, probabilities))
    return json.dumps(
        {
            "predictions": [
                {"label": labels[i], "score": row[i], "probabilities": row} for i, row in zip(best, probabilities)
            ]
        }
    )
