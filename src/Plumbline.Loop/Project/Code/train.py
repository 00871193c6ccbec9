"""
Trains under SageMaker's script mode: torchrun starts one process per GPU, or several on CPUs. The channels `train` and
`validation` have a list of examples, and `content` has their files. `network.py` says how an example is read and what
learns from it.
"""
import argparse
import json
import os
import pathlib
import shutil
import tarfile
import tempfile

import torch
import torch.distributed as dist
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, Dataset, DistributedSampler, TensorDataset

import network

BASE = pathlib.Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
CHECKPOINT = BASE / "checkpoints" / "checkpoint.pt"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, required=True, help="epochs of this training, not of the old model")
    parser.add_argument("--batch_size", type=int, default=32, help="examples per step, over all processes")
    parser.add_argument("--learning_rate", type=float, default=0.002)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--memory_mib", type=int, default=2048, help="the most for all decoded examples, in each process")
    return parser.parse_known_args()[0]


class Examples(Dataset):
    """The examples of a channel: inputs, classes and weights. Each is read when it is asked for."""

    def __init__(self, channel: str):
        # Files in the loop's bucket are in the channel `content`, and each prefix in S3 has a channel beside it.
        self.channels = pathlib.Path(os.environ["SM_CHANNEL_CONTENT"]).parent
        with open(pathlib.Path(os.environ[channel]) / "examples.jsonl") as lines:
            self.lines = [self.short(json.loads(line)) for line in lines]

    @staticmethod
    def short(line: dict) -> tuple:
        return line["id"], line["file"], line["content"]["type"], line["class"], line.get("weight", 1.0)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, place: int) -> tuple:
        name, file, kind, truth, weight = self.lines[place]
        try:
            return network.read((self.channels / file).read_bytes(), kind), truth, torch.tensor(weight)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error


def read(channel: str, most: int) -> Dataset:
    """Reads the inputs once if they have at most so many bytes together; else each epoch reads them again."""
    examples = Examples(channel)
    try:
        if len(examples) == 0:
            return examples
        first = examples[0][0]
        if len(examples) * first.nelement() * first.element_size() > most:
            return examples
        inputs, classes, weights = zip(*examples)
    except ValueError as error:
        raise SystemExit(str(error))
    return TensorDataset(torch.stack(inputs), torch.tensor(classes), torch.stack(weights))


def batches(data: Dataset, size: int, sampler=None) -> DataLoader:
    """Examples that are not in memory are read by processes of their own, ahead of the network."""
    shared = (os.cpu_count() or 1) // int(os.environ["WORLD_SIZE"])
    return DataLoader(data, size, sampler=sampler, num_workers=max(1, shared) if isinstance(data, Examples) else 0)


def continue_model(model: torch.nn.Module, labels: list) -> None:
    """Loads production's weights from model.tar.gz in the channel `model`."""
    archive = pathlib.Path(os.environ["SM_CHANNEL_MODEL"]) / "model.tar.gz"
    with tempfile.TemporaryDirectory() as unpacked, tarfile.open(archive) as tar:
        tar.extractall(unpacked)
        known = torch.load(f"{unpacked}/model.pt", map_location="cpu")
    if len(known["labels"]) != len(labels):
        raise SystemExit(f"channel model: its classes are {known['labels']}, this training's are {labels}")
    model.load_state_dict(known["weights"])


def train_epoch(model, loader, optimizer, device) -> float:
    model.train()
    total, count = 0.0, 0
    for inputs, truth, weight in loader:
        inputs, truth, weight = network.augment(inputs.to(device)), truth.to(device), weight.to(device)
        optimizer.zero_grad(set_to_none=True)
        loss = (functional.cross_entropy(model(inputs), truth, reduction="none") * weight).mean()
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(truth), count + len(truth)
    return total / count


@torch.no_grad()
def accuracy(model, data, device) -> float:
    model.eval()
    right = sum((model(inputs.to(device)).argmax(1) == truth.to(device)).sum().item() for inputs, truth, _ in batches(data, 256))
    return right / len(data)


def save_checkpoint(epoch: int, **parts) -> None:
    """SageMaker makes the folder, and brings it back after an interruption."""
    if CHECKPOINT.parent.is_dir():
        new = CHECKPOINT.with_suffix(".new")
        torch.save({"epoch": epoch, **{name: part.state_dict() for name, part in parts.items()}}, new)
        os.replace(new, CHECKPOINT)


def load_checkpoint(device, **parts) -> int:
    """The number of finished epochs, 0 without a checkpoint."""
    if not CHECKPOINT.exists():
        return 0
    state = torch.load(CHECKPOINT, map_location=device)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return state["epoch"]


def save_model(model, labels: list) -> None:
    """
    Writes the weights, from which a later training continues, and the model that is served: model.onnx if the network can
    export it (`training.model: onnx`), else the handler with its network where AWS's PyTorch image looks for it.
    """
    folder = pathlib.Path(os.environ["SM_MODEL_DIR"])
    torch.save({"weights": model.cpu().state_dict(), "labels": labels}, folder / "model.pt")
    if hasattr(network, "export"):
        network.export(model, labels, folder)
        return
    (folder / "code").mkdir(exist_ok=True)
    for name in ("inference.py", "network.py"):
        shutil.copy(pathlib.Path(__file__).with_name(name), folder / "code")


def main() -> None:
    given = arguments()
    labels = json.loads(os.environ["SM_HPS"])["class_labels"]
    rank, processes = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    cuda = torch.cuda.is_available()
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)
    dist.init_process_group("nccl" if cuda else "gloo")

    most = given.memory_mib * 2**20
    data, validation = read("SM_CHANNEL_TRAIN", most), read("SM_CHANNEL_VALIDATION", most)
    torch.manual_seed(given.seed)
    model = network.Network(len(labels))
    if "SM_CHANNEL_MODEL" in os.environ:
        continue_model(model, labels)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=given.learning_rate)
    done = load_checkpoint(device, model=model, optimizer=optimizer)
    if rank == 0:
        print(f"{processes} processes on {device.type}, {len(data)} examples, {done} epochs done", flush=True)

    parallel = DistributedDataParallel(model, device_ids=[device.index] if cuda else None)
    sampler = DistributedSampler(data, seed=given.seed)
    loader = batches(data, max(1, given.batch_size // processes), sampler)
    for epoch in range(done, given.epochs):
        # The random draws follow only from seed, epoch and rank, so no checkpoint has to keep them.
        sampler.set_epoch(epoch)
        torch.manual_seed(given.seed + (epoch + 1) * processes + rank)
        loss = train_epoch(parallel, loader, optimizer, device)
        if rank == 0:
            right = accuracy(model, validation, device)
            save_checkpoint(epoch + 1, model=model, optimizer=optimizer)
            print(f"[{epoch}]\ttrain-loss:{loss:.5f}\tvalidation-accuracy:{right:.5f}", flush=True)

    if rank == 0:
        save_model(model, labels)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
