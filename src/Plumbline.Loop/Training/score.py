"""
Scores a model by its own handler, as its endpoint would: held-out rows in, one probability a class out, or a number. Reads the inputs
`model` (model.tar.gz) and `test`, writes a CSV a set to the output `scores`.
"""
import importlib
import json
import os
import sys
import tarfile
import tempfile

ROWS_AT_ONCE = 1000

base = os.path.join(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"), "processing")
model_folder = tempfile.mkdtemp()
with tarfile.open(os.path.join(base, "input/model/model.tar.gz")) as archive:
    archive.extractall(model_folder)
sys.path.insert(0, os.path.join(model_folder, "code"))
handler = importlib.import_module("inference")
model = handler.model_fn(model_folder)


def score(rows):
    """The probabilities of rows that are CSV text, without their labels."""
    features = handler.input_fn("".join(rows), "text/csv")
    answer = handler.output_fn(handler.predict_fn(features, model), "application/json")
    answer = answer[0] if isinstance(answer, tuple) else answer
    predictions = json.loads(answer)["predictions"]
    # A regression answers one number, which is its score.
    return [one["probabilities"] if "probabilities" in one else [one["score"]] for one in predictions]


os.makedirs(os.path.join(base, "output/scores"), exist_ok=True)
for name in ("recent", "base"):
    test = os.path.join(base, "input/test", name + ".csv")
    with open(os.path.join(base, "output/scores", name + ".csv"), "w") as scores:
        lines = open(test).readlines() if os.path.exists(test) else []
        rows = [line.split(",", 1)[1] for line in lines]
        for start in range(0, len(rows), ROWS_AT_ONCE):
            for probabilities in score(rows[start : start + ROWS_AT_ONCE]):
                scores.write(",".join(repr(value) for value in probabilities) + "\n")
        print(f"{name}: {len(rows)} rows scored")
