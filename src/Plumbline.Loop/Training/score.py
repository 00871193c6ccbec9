"""
Scores a model by its own handler, as its endpoint would. Reads the inputs `model` (model.tar.gz) and `test`, and writes a
file a set to the output `scores`. Rows of a table go in as CSV, and one probability a class comes out, or a number.
Contents go in one by one, in their own content type, from the inputs that begin with `content`; the handler's whole answer comes out, as a
line of JSON.
"""
import importlib
import inspect
import json
import os
import sys
import tarfile
import tempfile

ROWS_AT_ONCE = 1000
TEXT_TYPES = ("text/csv", "application/json")

base = os.path.join(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"), "processing")
model_folder = tempfile.mkdtemp()
with tarfile.open(os.path.join(base, "input/model/model.tar.gz")) as archive:
    archive.extractall(model_folder)
sys.path.insert(0, os.path.join(model_folder, "code"))
handler = importlib.import_module("inference")


def call(name, *arguments):
    """Calls a function of the handler, which may take AWS's context after its arguments."""
    function = getattr(handler, name)
    takes_context = len(inspect.signature(function).parameters) == len(arguments) + 1
    return function(*arguments, *[None] * takes_context)


model = call("model_fn", model_folder)


def answer_to(body, kind):
    """The handler's answer to a request's body, as text. The toolkit decodes CSV and JSON only."""
    if hasattr(handler, "transform_fn"):
        answer = call("transform_fn", model, body, kind, "application/json")
    else:
        answer = call("output_fn", call("predict_fn", call("input_fn", body, kind), model), "application/json")
    answer = answer[0] if isinstance(answer, tuple) else answer
    return answer.decode() if isinstance(answer, (bytes, bytearray)) else answer


def score_rows(test, scores):
    """Rows that are CSV text, with their truth before the first comma."""
    rows = [line.split(",", 1)[1] for line in test]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        answer = answer_to("".join(rows[start : start + ROWS_AT_ONCE]), "text/csv")
        for prediction in json.loads(answer)["predictions"]:
            # A regression answers one number, which is its score.
            values = prediction["probabilities"] if "probabilities" in prediction else [prediction["score"]]
            scores.write(",".join(repr(value) for value in values) + "\n")
    return len(rows)


def score_contents(test, scores):
    """Lines of JSON, whose content is a file."""
    count = 0
    for line in test:
        example = json.loads(line)
        kind = example["content"]["type"]
        with open(os.path.join(base, "input", example["file"]), "rb") as content:
            body = content.read()
        try:
            answer = answer_to(body.decode() if kind in TEXT_TYPES else body, kind)
        except Exception as error:
            sys.exit(f"{example['id']}: the handler cannot answer: {error!r}")
        scores.write(json.dumps(answer) + "\n")
        count += 1
    return count


os.makedirs(os.path.join(base, "output/scores"), exist_ok=True)
for name in ("recent", "base"):
    contents = os.path.exists(os.path.join(base, "input/test", name + ".jsonl"))
    file = name + (".jsonl" if contents else ".csv")
    test = os.path.join(base, "input/test", file)
    with open(test if os.path.exists(test) else os.devnull) as lines, open(os.path.join(base, "output/scores", file), "w") as scores:
        count = (score_contents if contents else score_rows)(lines, scores)
    print(f"{name}: {count} {'contents' if contents else 'rows'} scored")
