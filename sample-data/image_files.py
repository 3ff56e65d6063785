"""Writes the pictures that are shipped, the broken files among them, and the files for the held-out measurement."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

import shapes

SHIPPED_SEED = 3
IMAGES_PER_CLASS = 8
MAX_UPRIGHT_TILT = 8.0

# The transposition of the stored pixels which the orientation tag tells a reader to undo.
STORED_AS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


def write_shipped(folder: Path) -> None:
    """Writes the labelled pictures, one folder per class; the last JPEG file of some classes is unusual but legal."""
    unusual = {
        "crescent": ("crescent-exif-orientation-8.jpg", lambda rng: _oriented(rng, "crescent", 8)),
        "cross": ("cross-progressive.jpg", _progressive),
        "heart": ("heart-exif-orientation-6.jpg", lambda rng: _oriented(rng, "heart", 6)),
        "hexagon": ("hexagon-cmyk.jpg", _cmyk),
        "square": ("square-greyscale.jpg", _greyscale),
        "triangle": ("triangle-exif-orientation-3.jpg", lambda rng: _oriented(rng, "triangle", 3)),
    }
    for label in shapes.CLASSES:
        for number in range(1, IMAGES_PER_CLASS + 1):
            rng = _generator(label, number)
            if number == IMAGES_PER_CLASS and label in unusual:
                name, encode = unusual[label]
                _write(folder / label / name, encode(rng))
            else:
                _write(folder / label / f"{label}-{number}.jpg", shapes.jpeg_bytes(rng, shapes.draw(rng, label)))
    _write(folder / "diamond" / "diamond-16-bit-grey.png", _sixteen_bit_grey(_generator("diamond", 9)))
    _write(folder / "ring" / "ring-alpha.png", _rounded_corners(_generator("ring", 9)))


def write_broken(folder: Path) -> None:
    """Writes files that must be rejected, each for another reason."""
    rng = _generator("circle", 10)
    whole = shapes.jpeg_bytes(rng, shapes.draw(rng, "circle"))
    jfif_header = whole[:20]
    _write(folder / "corrupt.jpg", jfif_header + rng.bytes(4000))
    _write(folder / "truncated.jpg", whole[: len(whole) // 2])
    _write(folder / "empty.jpg", b"")
    _write(folder / "not-an-image.jpg", b"<!DOCTYPE html>\n<title>404</title>\n<p>This page is not an image.\n")
    # 16 comment segments of the greatest length take the file just over 1 MiB; zeros keep it small in a repository.
    comment = b"\xff\xfe\xff\xff" + bytes(0xFFFF - 2)
    _write(folder / "too-large.jpg", jfif_header + 16 * comment + whole[20:])
    _write(folder / "pixel-bomb.png", _black_png(20_000))


def write_held_out(folder: Path, seed: int, images: int) -> None:
    """Writes fresh pictures in the same layout as the shipped ones."""
    for index in range(images):
        label = shapes.CLASSES[index % len(shapes.CLASSES)]
        rng = np.random.default_rng([seed, index])
        _write(folder / label / f"{index}.jpg", shapes.jpeg_bytes(rng, shapes.draw(rng, label)))


def _generator(label: str, number: int) -> Generator:
    return np.random.default_rng([SHIPPED_SEED, shapes.CLASSES.index(label), number])


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


def _oriented(rng: Generator, label: str, orientation: int) -> bytes:
    """Returns a picture as a tilted camera stores it: upright only for a reader that honours the EXIF orientation."""
    upright = shapes.draw(rng, label, MAX_UPRIGHT_TILT)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return _encoded(upright.transpose(STORED_AS[orientation]), "JPEG", quality=80, exif=exif)


def _progressive(rng: Generator) -> bytes:
    return _encoded(shapes.draw(rng, "cross"), "JPEG", quality=80, progressive=True)


def _greyscale(rng: Generator) -> bytes:
    return _encoded(shapes.draw(rng, "square").convert("L"), "JPEG", quality=80)


def _cmyk(rng: Generator) -> bytes:
    """Returns a four-channel JPEG file with an Adobe marker, thus with inverted inks, as image editors write it."""
    return _encoded(shapes.draw(rng, "hexagon").convert("CMYK"), "JPEG", quality=80)


def _sixteen_bit_grey(rng: Generator) -> bytes:
    grey = np.asarray(shapes.draw(rng, "diamond").convert("L").reduce(2))
    return _encoded(Image.fromarray(grey.astype(np.uint16) * 257), "PNG", optimize=True)


def _rounded_corners(rng: Generator) -> bytes:
    """Returns a picture whose transparent corners still hold its colours, so that alpha may be dropped or blended."""
    picture = shapes.draw(rng, "ring").reduce(2)
    alpha = Image.new("L", picture.size)
    ImageDraw.Draw(alpha).rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), 24, 255)
    picture.putalpha(alpha)
    return _encoded(picture, "PNG", optimize=True)


def _black_png(side: int) -> bytes:
    """Returns a valid 1-bit grey PNG of side x side black pixels; packs row by row, so as never to hold them all."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in chunks)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
