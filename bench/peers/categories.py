#!/usr/bin/python3
"""AUC of XGBoost on categories, as Plumbline trains it, against LightGBM's own handling of categories.

    categories.py TABLE.csv LABEL POSITIVE lib_lightgbm.so [IGNORED,COLUMNS]

Five folds, the same rows and the same budget for both: eta 0.1, one thread, and the best of 50, 100, 200 and 400
rounds. XGBoost is Debian's (python3-xgboost, the library that Plumbline loads), with the codes of TableEncoder: the
most frequent name first, by the training side only. LightGBM is the native library of NuGet's package LightGBM.
"""

import collections
import csv
import ctypes
import sys

import numpy
import xgboost

FOLDS, ROUNDS = 5, (50, 100, 200, 400)


def read(path, label, positive, ignored):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name not in {label, *ignored}]
    truth = numpy.array([row[label].strip() == positive for row in rows], dtype=numpy.float32)
    return names, [[row[name].strip() for name in names] for row in rows], truth


def is_number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def encode(rows, train, kinds):
    """Codes and numbers; an unseen name and a gap are NaN."""
    codes = {}
    for place, kind in enumerate(kinds):
        if kind == "c":
            counts = collections.Counter(rows[row][place] for row in train if rows[row][place] not in ("", "?"))
            ordered = sorted(counts, key=lambda name: (-counts[name], name))
            codes[place] = {name: code for code, name in enumerate(ordered)}
    return numpy.array(
        [
            [
                codes[place].get(cell, numpy.nan) if place in codes else float(cell) if is_number(cell) else numpy.nan
                for place, cell in enumerate(row)
            ]
            for row in rows
        ],
        dtype=numpy.float32,
    )


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


def by_xgboost(data, truth, train, test, kinds, depth):
    types = dict(feature_types=kinds, enable_categorical=True)
    booster = xgboost.train(
        dict(objective="binary:logistic", eta=0.1, max_depth=depth, tree_method="hist", nthread=1, seed=42),
        xgboost.DMatrix(data[train], truth[train], **types),
        ROUNDS[-1],
    )
    matrix = xgboost.DMatrix(data[test], **types)
    return {rounds: booster.predict(matrix, iteration_range=(0, rounds)) for rounds in ROUNDS}


class LightGbm:
    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        self.library.LGBM_GetLastError.restype = ctypes.c_char_p

    def call(self, name, *arguments):
        if getattr(self.library, name)(*arguments) != 0:
            raise RuntimeError(self.library.LGBM_GetLastError().decode())

    def scores(self, data, truth, train, test, kinds, leaves):
        parts = numpy.ascontiguousarray(data[train]), numpy.ascontiguousarray(data[test])
        categories = ",".join(str(place) for place, kind in enumerate(kinds) if kind == "c")
        text = f"objective=binary learning_rate=0.1 num_leaves={leaves} num_threads=1 seed=42 verbosity=-1 categorical_feature={categories}"
        parameters = text.encode()
        dataset, booster = ctypes.c_void_p(), ctypes.c_void_p()
        pointer = lambda array: array.ctypes.data_as(ctypes.c_void_p)
        rows, columns = parts[0].shape
        self.call("LGBM_DatasetCreateFromMat", pointer(parts[0]), 0, rows, columns, 1, parameters, None, ctypes.byref(dataset))
        labels = numpy.ascontiguousarray(truth[train])
        self.call("LGBM_DatasetSetField", dataset, b"label", pointer(labels), rows, 0)
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
    path, label, positive, library, *ignored = sys.argv[1:]
    names, rows, truth = read(path, label, positive, ignored[0].split(",") if ignored else [])
    numbers = [all(is_number(row[place]) or row[place] in ("", "?") for row in rows) for place in range(len(names))]
    kinds = ["q" if number else "c" for number in numbers]
    print(f"{len(rows)} rows, {kinds.count('c')} categories, {kinds.count('q')} numbers, {truth.mean():.3f} positive")
    peer = LightGbm(library)
    fold = numpy.random.default_rng(42).integers(0, FOLDS, len(rows))
    figures = collections.defaultdict(list)
    for one in range(FOLDS):
        train, test = numpy.flatnonzero(fold != one), numpy.flatnonzero(fold == one)
        data = encode(rows, train, kinds)
        for depth in (4, 6):
            for rounds, scores in by_xgboost(data, truth, train, test, kinds, depth).items():
                figures["XGBoost", f"max_depth {depth}", rounds].append(auc(truth[test], scores))
        for leaves in (15, 31):
            for rounds, scores in peer.scores(data, truth, train, test, kinds, leaves).items():
                figures["LightGBM", f"num_leaves {leaves}", rounds].append(auc(truth[test], scores))
    best = {}
    for (who, size, rounds), values in figures.items():
        mean = sum(values) / len(values)
        print(f"{who:9} {size:14} {rounds:4} rounds: AUC {mean:.4f}")
        best[who] = max(best.get(who, 0), mean)
    print(f"best: XGBoost {best['XGBoost']:.4f}, LightGBM {best['LightGBM']:.4f}, difference {best['XGBoost'] - best['LightGBM']:+.4f}")


main()
