"""Makes everything in this folder: `images` draws the pictures, `train` makes the model, `evaluate` measures it."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402  one thread has to be asked for before torch starts its pool

import classifier  # noqa: E402
import image_files  # noqa: E402

HERE = Path(__file__).parent
IMAGES = HERE / "images"
MODEL = HERE / "models" / "resnet18-shapes" / "resnet18-shapes.pt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["images", "train", "evaluate"])
    torch.set_num_threads(1)
    match parser.parse_args().command:
        case "images":
            image_files.write_shipped(IMAGES)
            image_files.write_broken(IMAGES / "broken")
        case "train":
            classifier.train(MODEL)
        case "evaluate":
            classifier.evaluate(MODEL, IMAGES)


if __name__ == "__main__":
    main()
