"""The channels' CSV: no header, the class index first, then the features."""
import os
import pathlib

import numpy
import torch
import torch.distributed as dist
from torch.utils.data import TensorDataset


def read(folder: str, cache: pathlib.Path) -> TensorDataset:
    """
    The first process of an instance parses the files, which takes minutes per GB, and caches the table. All processes
    map that file, so memory holds it once.
    """
    binary = cache / f"{pathlib.Path(folder).name}.npy"
    if int(os.environ["LOCAL_RANK"]) == 0:
        cache.mkdir(parents=True, exist_ok=True)
        files = sorted(pathlib.Path(folder).glob("**/*.csv"))
        parts = [numpy.loadtxt(file, delimiter=",", dtype=numpy.float32, ndmin=2) for file in files]
        numpy.save(binary, numpy.concatenate(parts))
    dist.barrier()
    table = torch.from_numpy(numpy.load(binary, mmap_mode="c"))
    return TensorDataset(table[:, 1:], table[:, 0].long())
