#!/usr/bin/python3
"""AUC of XGBoost's scores, and of LightGBM's own handling of categories on the same features.

    categories.py FOLDER lib_lightgbm.so

`plumbline-bench categories` makes the folder: a subfolder for each fold, with the features of Plumbline's encoder, the
truths, and the scores of XGBoost as Plumbline trains it. LightGBM is the native library of NuGet's package LightGBM.
"""

import collections
import ctypes
import json
import pathlib
import sys

import numpy

ROUNDS = (50, 100, 200, 400)


def auc(truth, scores):
    order = numpy.argsort(scores, kind="stable")
    ranks = numpy.empty(len(scores))
    ordered = scores[order]
    start = 0
    while start < len(ordered):
        end = start
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[start]:
            end += 1
        ranks[order[start : end + 1]] = (start + end) / 2 + 1
        start = end + 1
    positive = truth == 1
    count = positive.sum()
    return (ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(truth) - count))


class LightGbm:
    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        self.library.LGBM_GetLastError.restype = ctypes.c_char_p

    def call(self, name, *arguments):
        if getattr(self.library, name)(*arguments) != 0:
            raise RuntimeError(self.library.LGBM_GetLastError().decode())

    def scores(self, parts, truth, are_categories, leaves):
        categories = ",".join(str(place) for place, one in enumerate(are_categories) if one)
        text = f"objective=binary learning_rate=0.1 num_leaves={leaves} num_threads=1 seed=42 verbosity=-1 categorical_feature={categories}"
        parameters = text.encode()
        dataset, booster = ctypes.c_void_p(), ctypes.c_void_p()
        pointer = lambda array: array.ctypes.data_as(ctypes.c_void_p)
        rows, columns = parts[0].shape
        self.call("LGBM_DatasetCreateFromMat", pointer(parts[0]), 0, rows, columns, 1, parameters, None, ctypes.byref(dataset))
        self.call("LGBM_DatasetSetField", dataset, b"label", pointer(truth), rows, 0)
        self.call("LGBM_BoosterCreate", dataset, parameters, ctypes.byref(booster))
        finished = ctypes.c_int()
        for _ in range(ROUNDS[-1]):
            self.call("LGBM_BoosterUpdateOneIter", booster, ctypes.byref(finished))
        found = {}
        for rounds in ROUNDS:
            scores, length = numpy.empty(len(parts[1])), ctypes.c_int64()
            self.call(
                "LGBM_BoosterPredictForMat", booster, pointer(parts[1]), 0, len(parts[1]), columns, 1, 0, 0, rounds,
                parameters, ctypes.byref(length), pointer(scores),
            )
            found[rounds] = scores
        self.call("LGBM_BoosterFree", booster)
        self.call("LGBM_DatasetFree", dataset)
        return found


def main():
    folder, library = sys.argv[1:]
    peer = LightGbm(library)
    figures = collections.defaultdict(list)
    for fold in sorted(pathlib.Path(folder).iterdir()):
        are_categories = json.loads((fold / "categories.json").read_text())
        parts = [numpy.fromfile(fold / f"{side}.f32", numpy.float32).reshape(-1, len(are_categories)) for side in ("train", "test")]
        learned, truth = (numpy.fromfile(fold / f"{side}-truth.f32", numpy.float32) for side in ("train", "test"))
        for file in fold.glob("xgboost-*.f32"):
            _, depth, rounds = file.stem.split("-")
            scores = numpy.fromfile(file, numpy.float32)
            figures["XGBoost", f"max_depth {depth}", int(rounds)].append(auc(truth, scores))
        for leaves in (15, 31):
            for rounds, scores in peer.scores(parts, learned, are_categories, leaves).items():
                figures["LightGBM", f"num_leaves {leaves}", rounds].append(auc(truth, scores))
    best = {}
    for (who, size, rounds), values in sorted(figures.items()):
        mean = sum(values) / len(values)
        print(f"{who:9} {size:14} {rounds:4} rounds: AUC {mean:.4f}")
        best[who] = max(best.get(who, 0), mean)
    print(f"best: XGBoost {best['XGBoost']:.4f}, LightGBM {best['LightGBM']:.4f}, difference {best['XGBoost'] - best['LightGBM']:+.4f}")


main()
