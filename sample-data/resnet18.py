"""ResNet-18 of any width (He et al., 2015, arXiv:1512.03385), and its export to TorchScript."""

import io
from pathlib import Path

import torch
from torch import Tensor, nn

# Records that the writer adds to every file on its own.
WRITTEN_BY_WRITER = {"version", "byteorder", ".data/serialization_id"}


class BasicBlock(nn.Module):
    """Two 3 x 3 convolutions and a shortcut; a stride of 2 halves the image and needs a projection."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.residual = nn.Sequential(
            _convolution(inputs, outputs, 3, stride), nn.ReLU(inplace=True), _convolution(outputs, outputs, 3, 1)
        )
        same_shape = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same_shape else _convolution(inputs, outputs, 1, stride)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.residual(x) + self.shortcut(x))


class ResNet18(nn.Module):
    """Maps N x 3 x H x W normalised RGB to N x `classes` logits; the published network has a width of 64."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        layers: list[nn.Module] = [_convolution(3, width, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, padding=1)]
        inputs = width
        for stage in range(4):
            outputs = width << stage
            layers += [BasicBlock(inputs, outputs, 1 if stage == 0 else 2), BasicBlock(outputs, outputs, 1)]
            inputs = outputs
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.features(x).mean((2, 3)))


class ChannelsLast(nn.Module):
    """Takes a plain NCHW tensor and runs the network in the memory order that convolves fastest on a CPU."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network.to(memory_format=torch.channels_last)

    def forward(self, x: Tensor) -> Tensor:
        return self.network(x.contiguous(memory_format=torch.channels_last))


def _convolution(inputs: int, outputs: int, kernel: int, stride: int) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)
    nn.init.kaiming_normal_(convolution.weight, mode="fan_out", nonlinearity="relu")
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs))


def export(network: nn.Module, file: Path) -> None:
    """Saves the network as frozen TorchScript: batch normalisation is folded, any batch size is accepted."""
    saved = io.BytesIO()
    torch.jit.save(torch.jit.freeze(torch.jit.script(ChannelsLast(network).eval())), saved)
    saved.seek(0)
    file.parent.mkdir(parents=True, exist_ok=True)
    _write_without_source_paths(torch._C.PyTorchFileReader(saved), file)


def _write_without_source_paths(reader: torch._C.PyTorchFileReader, file: Path) -> None:
    """Leaves out the debug records: they name source files on this machine, and change from one folder to another."""
    writer = torch._C.PyTorchFileWriter(str(file))
    for name in reader.get_all_records():
        if not name.endswith(".debug_pkl") and name not in WRITTEN_BY_WRITER:
            data = reader.get_record(name)
            writer.write_record(name, data, len(data))
    writer.write_end_of_file()
