"""Makes the full-size ResNet-18 of the benchmarks: real cost, random weights, a small file.

The weights of every layer repeat one short row of normal values, so that gzip packs 47 MB into 0.3 MB. Speed
does not depend on the values as long as they stay in the normal floating point range, which `check` makes sure of.
"""

import gzip
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402  one thread has to be asked for before torch starts its pool
from torch import Tensor, nn  # noqa: E402

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "sample-data"))

from resnet18 import ResNet18, export  # noqa: E402

OUTPUT = HERE / "src" / "main" / "resources" / "resnet18-random.pt.gz"
PARAMETERS = 11_689_512
# A prime length shifts the row from filter to filter, so that no two are equal; 16 kB lie within the window of gzip.
ROW_LENGTH = 4093


def repeated(shape: torch.Size, row: Tensor) -> Tensor:
    """Fills a weight with the row, in channels-last memory order, at He's scale for the inputs of one output."""
    outputs, inputs = shape[0], shape[1:].numel()
    scaled = (row * (2 / inputs) ** 0.5).half().float()
    flat = scaled.repeat(-(-shape.numel() // ROW_LENGTH))[: shape.numel()]
    if len(shape) == 2:
        return flat.view(shape)
    return flat.view(outputs, *shape[2:], shape[1]).permute(0, 3, 1, 2)


def random_network() -> nn.Module:
    """Keeps the first statistics of batch normalisation: folded, they scale a layer by one factor, and rows survive."""
    row = torch.randn(ROW_LENGTH, generator=torch.Generator().manual_seed(1))
    row = (row - row.mean()) / row.std()
    network = ResNet18(width=64, classes=1000).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() > 1:
                parameter.set_(repeated(parameter.shape, row))
        network.fc.bias.zero_()
    return network


@torch.inference_mode()
def check(network: nn.Module, model_file: Path) -> None:
    """Fails unless the size is that of ResNet-18, activations are normal numbers, and outputs depend on the input."""
    assert sum(parameter.numel() for parameter in network.parameters()) == PARAMETERS
    images = torch.randn(4, 3, 224, 224, generator=torch.Generator().manual_seed(2))
    x = images
    for layer in network.features:
        x = layer(x)
        smallest = x[x != 0].abs().min().item()
        print(f"{type(layer).__name__}: standard deviation {x.std():.3f}, smallest magnitude {smallest:.1e}")
        assert x.isfinite().all() and x.std() > 1e-2 and smallest > torch.finfo(torch.float32).tiny
    logits = torch.jit.load(str(model_file))(images)
    print(f"logits: standard deviation {logits.std():.3f}, over images {logits.std(0).mean():.3f}")
    assert torch.allclose(logits, network(images), rtol=1e-3, atol=1e-3)
    assert logits.shape == (4, 1000) and logits.std(0).mean() > 1e-2


def main() -> None:
    torch.set_num_threads(1)
    network = random_network()
    with tempfile.TemporaryDirectory() as folder:
        # TorchScript stores the name of its file; a fixed one keeps the output the same from run to run.
        model_file = Path(folder) / "resnet18-random.pt"
        export(network, model_file)
        check(network, model_file)
        OUTPUT.parent.mkdir(parents=True, exist_ok=True)
        OUTPUT.write_bytes(gzip.compress(model_file.read_bytes(), 9, mtime=0))
    print(f"{OUTPUT.relative_to(HERE)}: {OUTPUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
