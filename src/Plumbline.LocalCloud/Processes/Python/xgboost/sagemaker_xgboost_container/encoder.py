# Reads the bodies of requests as DMatrix.
import csv
import json
import os
import tempfile

import numpy
import xgboost


def _text(body):
    return body.decode() if isinstance(body, (bytes, bytearray)) else body


def csv_to_dmatrix(input, dtype=float):
    """Rows without label and header; an empty cell is a missing value."""
    lines = _text(input).strip().splitlines()
    separator = next((sign for sign in ",;\t| " if sign in lines[0]), ",")
    rows = [[cell or "nan" for cell in row] for row in csv.reader(lines, delimiter=separator)]
    return xgboost.DMatrix(numpy.array(rows).astype(dtype or float))


def libsvm_to_dmatrix(string_like):
    """Reads rows in libsvm's format, with a label first."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows")
        with open(path, "w") as file:
            file.write(_text(string_like))
        return xgboost.DMatrix(path + "?format=libsvm")


def json_to_jsonlines(json_data):
    """Writes the entries of a JSON object's only list, each on its own line."""
    answer = json_data if isinstance(json_data, dict) else json.loads(json_data)
    if len(answer) != 1:
        raise ValueError("JSON response is not compatible for conversion to jsonlines.")
    return "".join(json.dumps(entry) + "\n" for entries in answer.values() for entry in entries).encode()


def decode(obj, content_type):
    """Reads a body as DMatrix, by its content type."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "text/csv":
        return csv_to_dmatrix(obj)
    if kind in ("text/libsvm", "text/x-libsvm"):
        return libsvm_to_dmatrix(obj)
    error = ValueError(f"Content type {kind} is not supported: send text/csv or text/libsvm, or write an input_fn.")
    error.status_code = 415
    raise error
