"""
Trains under SageMaker's script mode: torchrun starts one process per GPU, or several on CPUs. Hyperparameters are
arguments; all other inputs are SM_* variables.
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
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler

import checkpoints
import rows
from network import Network


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, required=True, help="epochs of this training, not of the old model")
    parser.add_argument("--batch_size", type=int, default=64, help="rows per step, over all processes")
    parser.add_argument("--learning_rate", type=float, default=0.001)
    parser.add_argument("--maximum", type=float, default=1.0, help="the value of a fully inked pixel")
    parser.add_argument("--seed", type=int, default=42)
    return parser.parse_known_args()[0]


def continue_model(network: Network, folder: str, labels: list) -> None:
    """Loads production's weights from model.tar.gz in the channel `model`."""
    with tempfile.TemporaryDirectory() as unpacked, tarfile.open(pathlib.Path(folder) / "model.tar.gz") as archive:
        archive.extractall(unpacked)
        known = json.loads((pathlib.Path(unpacked) / "labels.json").read_text())
        if known != labels:
            raise SystemExit(f"channel model: its classes are {known}, this training's are {labels}")
        old = torch.jit.load(f"{unpacked}/model.pt", map_location="cpu")
        network.load_state_dict(old.state_dict())


@torch.no_grad()
def accuracy(network: nn.Module, data, device: torch.device) -> float:
    network.eval()
    pixels, truth = (tensor.to(device) for tensor in data.tensors)
    return (network(pixels).argmax(1) == truth).float().mean().item()


def train_epoch(model, loader, optimizer, scaler, device) -> float:
    model.train()
    total, count = 0.0, 0
    for pixels, truth in loader:
        pixels, truth = pixels.to(device), truth.to(device)
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(device.type, enabled=scaler.is_enabled()):
            loss = nn.functional.cross_entropy(model(pixels), truth)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        total, count = total + loss.item() * len(truth), count + len(truth)
    return total / count


def save_model(network: Network, labels: list) -> None:
    """Writes TorchScript, which does not need this code, and the handler where AWS's PyTorch image looks for it."""
    folder = pathlib.Path(os.environ["SM_MODEL_DIR"])
    # Traced, not scripted: torch.jit.script orders its constants differently each time.
    row = torch.zeros(1, network.side**2)
    torch.jit.trace(network.cpu().eval(), row).save(str(folder / "model.pt"))
    (folder / "labels.json").write_text(json.dumps(labels))
    (folder / "code").mkdir(exist_ok=True)
    shutil.copy(pathlib.Path(__file__).with_name("inference.py"), folder / "code")


def main() -> None:
    given = arguments()
    labels = json.loads(os.environ["SM_HPS"])["class_labels"]
    rank, processes = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    cuda = torch.cuda.is_available()
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)
        torch.backends.cudnn.deterministic = True
    dist.init_process_group("nccl" if cuda else "gloo")

    base = pathlib.Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
    data = rows.read(os.environ["SM_CHANNEL_TRAIN"], base / "rows")
    validation = rows.read(os.environ["SM_CHANNEL_VALIDATION"], base / "rows")
    torch.manual_seed(given.seed)
    network = Network(data.tensors[0].shape[1], len(labels), given.maximum)
    if "SM_CHANNEL_MODEL" in os.environ:
        continue_model(network, os.environ["SM_CHANNEL_MODEL"], labels)
        if rank == 0:
            print("continuing the model of channel model", flush=True)
    network.to(device)
    optimizer = torch.optim.Adam(network.parameters(), lr=given.learning_rate)
    scaler = torch.cuda.amp.GradScaler(enabled=cuda)

    parts = {"network": network, "optimizer": optimizer, "scaler": scaler}
    folder = base / "checkpoints"
    done = checkpoints.load(folder, device, parts)
    if rank == 0:
        print(f"{processes} processes on {device.type}, {len(data)} rows, {done} epochs done", flush=True)

    model = DistributedDataParallel(network, device_ids=[device.index] if cuda else None)
    sampler = DistributedSampler(data, seed=given.seed)
    loader = DataLoader(data, batch_size=max(1, given.batch_size // processes), sampler=sampler)
    for epoch in range(done, given.epochs):
        # The random draws follow only from seed, epoch and rank, so no checkpoint has to keep them.
        sampler.set_epoch(epoch)
        torch.manual_seed(given.seed + (epoch + 1) * processes + rank)
        loss = train_epoch(model, loader, optimizer, scaler, device)
        if rank == 0:
            right = accuracy(network, validation, device)
            checkpoints.save(folder, epoch + 1, parts)
            print(f"[{epoch}]\ttrain-loss:{loss:.5f}\tvalidation-accuracy:{right:.5f}", flush=True)

    if rank == 0:
        save_model(network, labels)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
