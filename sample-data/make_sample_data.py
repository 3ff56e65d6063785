"""Makes everything in this folder.

`clickstream` writes the events, `images` draws the pictures, `train` makes the model, `evaluate` measures it.
"""

import argparse
import os
from pathlib import Path

import clickstream

HERE = Path(__file__).parent
IMAGES = HERE / "images"
MODEL = HERE / "models" / "resnet18-shapes" / "resnet18-shapes.pt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["clickstream", "images", "train", "evaluate"])
    command = parser.parse_args().command
    if command == "clickstream":
        clickstream.write(HERE / "clickstream")
    else:
        pictures_and_model(command)


def pictures_and_model(command: str) -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Only here: one thread has to be asked for before torch starts its pool, and the clickstream needs none of these.
    import torch

    import classifier
    import image_files

    torch.set_num_threads(1)
    match command:
        case "images":
            image_files.write_shipped(IMAGES)
            image_files.write_broken(IMAGES / "broken")
        case "train":
            classifier.train(MODEL)
        case "evaluate":
            classifier.evaluate(MODEL, IMAGES)


if __name__ == "__main__":
    main()
