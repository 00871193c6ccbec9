"""The peer: a minimal Flask app that predicts CSV rows with python3-xgboost."""
import os

import numpy as np
import xgboost
from flask import Flask, jsonify, request

app = Flask(__name__)
booster = xgboost.Booster()
booster.load_model(os.environ["MODEL_FILE"])
booster.set_param({"nthread": 1})


@app.get("/ping")
def ping():
    return "", 200


@app.post("/invocations")
def invocations():
    lines = request.get_data(as_text=True).splitlines()
    rows = np.array([line.split(",") for line in lines], dtype=np.float32)
    predictions = []
    for probabilities in booster.inplace_predict(rows):
        label = int(probabilities.argmax())
        predictions.append(
            {"label": str(label), "score": float(probabilities[label]), "probabilities": probabilities.tolist()}
        )
    return jsonify(predictions=predictions)
