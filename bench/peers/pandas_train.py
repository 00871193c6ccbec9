"""The peer: pandas reads the CSV, python3-xgboost trains. Prints the CPU seconds of both parts, the log-loss, and MiB."""
import json
import resource
import sys
import time

import pandas
import xgboost

file, parameters, rounds = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
started = time.process_time()
table = pandas.read_csv(file, header=None)
train = xgboost.DMatrix(table.iloc[:, 1:], table.iloc[:, 0])
loaded = time.process_time()
history = {}
xgboost.train(parameters, train, rounds, evals=[(train, "train")], evals_result=history, verbose_eval=False)
trained = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(loaded - started, trained - loaded, history["train"]["logloss"][-1], peak)
