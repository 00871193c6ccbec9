"""All that a training is, after each epoch, so that one that was interrupted ends with the very same model."""
import os
import pathlib

import torch

NAME = "checkpoint.pt"


def save(folder: pathlib.Path, epoch: int, parts: dict) -> None:
    """Writes it beside and renames: there is always a whole one."""
    if folder.is_dir():  # SageMaker makes it where the job has a CheckpointConfig
        state = {name: part.state_dict() for name, part in parts.items()}
        torch.save({"epoch": epoch, **state}, folder / (NAME + ".new"))
        os.replace(folder / (NAME + ".new"), folder / NAME)


def load(folder: pathlib.Path, device: torch.device, parts: dict) -> int:
    """Takes up the newest; returns how many epochs are done."""
    if not (folder / NAME).exists():
        return 0
    state = torch.load(folder / NAME, map_location=device)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return state["epoch"]
