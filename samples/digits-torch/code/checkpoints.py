"""The whole state of a training after each epoch, so that an interrupted training ends with the same model."""
import os
import pathlib

import torch

NAME = "checkpoint.pt"


def save(folder: pathlib.Path, epoch: int, parts: dict) -> None:
    """Writes a new file and renames it, so that a complete checkpoint always exists."""
    if folder.is_dir():  # SageMaker makes it if the job has a CheckpointConfig
        state = {name: part.state_dict() for name, part in parts.items()}
        torch.save({"epoch": epoch, **state}, folder / (NAME + ".new"))
        os.replace(folder / (NAME + ".new"), folder / NAME)


def load(folder: pathlib.Path, device: torch.device, parts: dict) -> int:
    """Loads the newest checkpoint and returns the number of finished epochs, 0 without a checkpoint."""
    if not (folder / NAME).exists():
        return 0
    state = torch.load(folder / NAME, map_location=device)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return state["epoch"]
