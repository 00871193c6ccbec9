"""The channels' CSV: no header, the class index first, then the features."""
import pathlib

import numpy
import torch
from torch.utils.data import TensorDataset


def read(folder: str) -> TensorDataset:
    files = sorted(pathlib.Path(folder).glob("**/*.csv"))
    table = numpy.concatenate([numpy.loadtxt(file, delimiter=",", dtype=numpy.float32, ndmin=2) for file in files])
    return TensorDataset(torch.from_numpy(table[:, 1:].copy()), torch.from_numpy(table[:, 0].astype(numpy.int64)))
