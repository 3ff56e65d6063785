"""Trains and evaluates the classifier of shapes; `preprocess` defines the model's input."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import torch
from numpy.random import Generator
from PIL import Image, ImageOps
from torch import Tensor, nn
from torch.nn import functional

import shapes
from image_files import write_held_out
from resnet18 import ResNet18, export

MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
RESIZED, CROPPED = 256, 224
MARGIN = (RESIZED - CROPPED) // 2

WIDTH = 16
BATCH = 64
WEIGHTS_SEED = 1
HELD_OUT_SEED, HELD_OUT_IMAGES = 2, 1_000


class Phase(NamedTuple):
    """One part of the training; `size` is the side of its images in pixels, `rate` the highest learning rate."""

    seed: int
    size: int
    images: int
    epochs: int
    rate: float


# A low resolution first, which is 12 times cheaper, then the resolution of use.
PHASES = [
    Phase(seed=65, size=64, images=12_000, epochs=10, rate=0.1),
    Phase(seed=225, size=CROPPED, images=5_000, epochs=8, rate=0.03),
]


def to_rgb(picture: Image.Image) -> Image.Image:
    """Applies the EXIF orientation and converts to 8-bit RGB; alpha is dropped, not blended."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):
        picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    return picture.convert("RGB")


def crop_of(picture: Image.Image) -> Tensor:
    """Squashes to 256 x 256 and cuts out the centre, as 3 x 224 x 224 bytes: what DJL does with a resize and a crop."""
    pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float()
    squashed = functional.interpolate(pixels, (RESIZED, RESIZED), mode="bilinear", align_corners=False, antialias=False)
    # DJL casts back to bytes after its resize, which rounds down.
    return squashed[0, :, MARGIN:-MARGIN, MARGIN:-MARGIN].to(torch.uint8)


def preprocess(picture: Image.Image) -> Tensor:
    """Returns the model's input, 3 x 224 x 224 normalised floats."""
    return normalise(crop_of(to_rgb(picture)))


def normalise(pixels: Tensor) -> Tensor:
    return (pixels.float() / 255 - MEAN) / STD


def training_set(phase: Phase) -> tuple[Tensor, Tensor]:
    """Draws images as bytes of N x 3 x size x size, and their labels; the resize filter varies from image to image."""
    side = (phase.size, phase.size)
    pixels = torch.empty(phase.images, 3, *side, dtype=torch.uint8)
    labels = torch.arange(phase.images) % len(shapes.CLASSES)
    for index in range(phase.images):
        rng = np.random.default_rng([phase.seed, index])
        crop = _crop_by_random_filter(rng, shapes.draw(rng, shapes.CLASSES[labels[index]]))
        shrunk = functional.interpolate(crop[None].float(), side, mode="area")
        pixels[index] = shrunk[0].round().to(torch.uint8)
    return pixels, labels


def _crop_by_random_filter(rng: Generator, picture: Image.Image) -> Tensor:
    if rng.random() < 0.5:
        return crop_of(picture)
    smooth = (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.BOX)[rng.integers(3)]
    return crop_of(picture.resize((RESIZED, RESIZED), smooth))


def _augment(pixels: Tensor) -> Tensor:
    """Flips whole batches (every class keeps its name in a mirror); varies light per image; makes some images grey."""
    flips = [axis for axis in (2, 3) if torch.rand(()) < 0.5]
    x = pixels.flip(flips).float() / 255
    count = len(x)
    x = x * torch.empty(count, 1, 1, 1).uniform_(0.8, 1.2) + torch.empty(count, 3, 1, 1).uniform_(-0.12, 0.12)
    x = torch.where(torch.rand(count, 1, 1, 1) < 0.15, x.mean(1, keepdim=True), x)
    x = x + torch.randn_like(x) * torch.empty(count, 1, 1, 1).uniform_(0, 0.04)
    return (x.clamp(0, 1) - MEAN) / STD


def _batches(count: int) -> Iterator[Tensor]:
    """Yields random indices; the last, smaller batch of an epoch is left out for the sake of batch normalisation."""
    order = torch.randperm(count)
    for start in range(0, count - BATCH + 1, BATCH):
        yield order[start : start + BATCH]


def _fit(network: nn.Module, phase: Phase) -> None:
    pixels, labels = training_set(phase)
    print(f"{phase.images} images of {phase.size} x {phase.size}: drawn, {time.process_time():.0f} CPU s", flush=True)
    steps = phase.images // BATCH
    optimiser = torch.optim.SGD(network.parameters(), phase.rate, momentum=0.9, nesterov=True, weight_decay=5e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, phase.rate, total_steps=phase.epochs * steps)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    for epoch in range(1, phase.epochs + 1):
        total = 0.0
        for batch in _batches(phase.images):
            optimiser.zero_grad()
            x = _augment(pixels[batch]).contiguous(memory_format=torch.channels_last)
            loss = loss_of(network(x), labels[batch])
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        progress = f"epoch {epoch} of {phase.epochs}: mean loss {total / steps:.4f}"
        print(f"{progress}, {time.process_time():.0f} CPU s", flush=True)


def train(model_file: Path) -> None:
    """Trains the network, prints the progress, and saves the model."""
    torch.manual_seed(WEIGHTS_SEED)
    network = ResNet18(WIDTH, len(shapes.CLASSES)).to(memory_format=torch.channels_last)
    network.train()
    for phase in PHASES:
        _fit(network, phase)
    export(network, model_file)


def evaluate(model_file: Path, shipped: Path) -> None:
    """Prints the accuracy on fresh JPEG files, which are in no training set, and on the shipped pictures."""
    model = torch.jit.load(str(model_file)).eval()
    with TemporaryDirectory() as folder:
        write_held_out(Path(folder), HELD_OUT_SEED, HELD_OUT_IMAGES)
        wrong, count = _misclassified(model, Path(folder))
    print(f"held out: {count - len(wrong)} of {count} right ({1 - len(wrong) / count:.1%})")
    wrong, count = _misclassified(model, shipped)
    print(f"shipped: {count - len(wrong)} of {count} right ({1 - len(wrong) / count:.1%})")
    for file, answer in wrong:
        print(f"  {file.relative_to(shipped)}: taken for {answer}")


@torch.inference_mode()
def _misclassified(model: torch.jit.ScriptModule, folder: Path) -> tuple[list[tuple[Path, str]], int]:
    """Returns the files whose first answer is not the name of their folder, with that answer, and the count of all."""
    files = [file for label in shapes.CLASSES for file in sorted((folder / label).iterdir())]
    wrong = []
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        logits = model(torch.stack([preprocess(Image.open(file)) for file in batch]))
        answers = [shapes.CLASSES[index] for index in logits.argmax(1)]
        wrong += [(file, answer) for file, answer in zip(batch, answers) if answer != file.parent.name]
    return wrong, len(files)
