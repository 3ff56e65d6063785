"""Draws one picture of one geometric shape. The same random generator state always gives the same picture."""

import colorsys
import io
import math

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageDraw, ImageFilter

CLASSES = ["circle", "crescent", "cross", "diamond", "heart", "hexagon", "ring", "square", "star", "triangle"]
SIZES = [(320, 240), (240, 320), (480, 360), (500, 375), (300, 300), (400, 300)]

SUPERSAMPLING = 3
HARD_SHARE = 0.04
# A square on its corner is a diamond, and an outlined circle is a ring: these classes stay apart by rule.
MAX_TILT = {"square": 18.0, "diamond": 18.0}
NEVER_OUTLINED = {"circle", "ring"}

Colour = tuple[int, int, int]


def draw(rng: Generator, label: str, max_tilt: float = 180.0) -> Image.Image:
    """Returns an RGB picture of the shape `label`, turned by up to `max_tilt` degrees either way.

    About one in 25 is made hard: small, pale, blurred and noisy.
    """
    size = SIZES[rng.integers(len(SIZES))]
    hard = bool(rng.random() < HARD_SHARE)
    hue, dark = rng.random(), bool(rng.random() < 0.5)
    picture = _background(rng, size, hue, dark)
    _distract(rng, picture, hue, dark)
    points = _placed(rng, label, size, min(max_tilt, MAX_TILT.get(label, 180.0)), hard)
    contrast = 0.16 if hard else 1.0
    _paint_shape(rng, picture, label, points, _foreground(rng, hue, dark, contrast))
    return _photograph(rng, picture, hard)


def jpeg_bytes(rng: Generator, picture: Image.Image) -> bytes:
    """Encodes the picture as a baseline JPEG file of a random, moderate quality."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=int(rng.integers(68, 91)), optimize=True)
    return data.getvalue()


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, min(saturation, 1.0), min(value, 1.0))
    return round(255 * red), round(255 * green), round(255 * blue)


def _background_colour(rng: Generator, hue: float, dark: bool) -> np.ndarray:
    shifted = hue + rng.uniform(-0.07, 0.07)
    if dark:
        return np.array(_colour(shifted, rng.uniform(0.45, 0.9), rng.uniform(0.12, 0.42)), np.float32)
    return np.array(_colour(shifted, rng.uniform(0.08, 0.38), rng.uniform(0.80, 1.0)), np.float32)


def _foreground(rng: Generator, hue: float, dark: bool, contrast: float) -> tuple[Colour, Colour]:
    """Returns two related colours that stand out from the background; `contrast` of 1 is full, of 0 is none."""
    shifted = hue + 0.5 * contrast + rng.uniform(-0.2, 0.2) * contrast
    if dark:
        saturation, value = rng.uniform(0.25, 0.95), 0.42 + (rng.uniform(0.78, 1.0) - 0.42) * contrast
    else:
        saturation, value = 0.3 + rng.uniform(0.3, 0.7) * contrast, 0.80 - rng.uniform(0.12, 0.6) * contrast
    return _colour(shifted, saturation, value), _colour(shifted + 0.06, saturation * 0.9, value * 0.82)


def _background(rng: Generator, size: tuple[int, int], hue: float, dark: bool) -> Image.Image:
    """Blends two colours by a random field: linear or radial gradient, stripes, checks, or clouds."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / max(size)
    angle, pitch = rng.uniform(0, 2 * math.pi), rng.uniform(0.06, 0.2)
    along = x * math.cos(angle) + y * math.sin(angle)
    across = y * math.cos(angle) - x * math.sin(angle)
    # Numbers without a branch of their own make plain gradients the commonest.
    kind = rng.integers(6)
    if kind == 0:
        field = np.hypot(x - rng.uniform(0.2, 0.8), y - rng.uniform(0.2, 0.6)) * 1.4
    elif kind == 1:
        field = 0.5 + 0.5 * np.tanh(6 * np.sin(along * 2 * math.pi / pitch))
    elif kind == 2:
        field = 0.5 + 0.5 * np.tanh(8 * np.sin(along * math.pi / pitch) * np.sin(across * math.pi / pitch))
    elif kind == 3:
        field = _clouds(rng, size)
    else:
        field = along - along.min()
    strength = rng.uniform(0.35, 0.7) if kind in (1, 2) else 1.0
    first, second = _background_colour(rng, hue, dark), _background_colour(rng, hue, dark)
    blend = np.clip(field, 0, 1)[..., None] * strength
    return Image.fromarray((first * (1 - blend) + second * blend).astype(np.uint8))


def _clouds(rng: Generator, size: tuple[int, int]) -> np.ndarray:
    """Returns smooth noise in 0..1: the sum of random grids of growing fineness."""
    total = np.zeros((size[1], size[0]), np.float32)
    for cells, weight in ((3, 0.55), (7, 0.3), (15, 0.15)):
        grid = Image.fromarray(rng.random((cells, cells), np.float32))
        total += weight * np.asarray(grid.resize(size, Image.Resampling.BICUBIC))
    return (total - total.min()) / max(float(np.ptp(total)), 1e-6)


def _distract(rng: Generator, picture: Image.Image, hue: float, dark: bool) -> None:
    """Draws faint lines, dots and arcs behind the shape, which must not be taken for it."""
    pen = ImageDraw.Draw(picture, "RGBA")
    width, height = picture.size
    for _ in range(rng.integers(0, 9)):
        colour = (*_colour(hue + rng.uniform(-0.2, 0.2), 0.5, 0.75 if dark else 0.6), int(rng.integers(60, 150)))
        x, y, reach = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0.02, 0.13) * width
        kind = rng.integers(3)
        if kind == 0:
            pen.line((x, y, x + rng.uniform(-3, 3) * reach, y + rng.uniform(-3, 3) * reach), colour, 2)
        elif kind == 1:
            pen.ellipse((x, y, x + reach / 3, y + reach / 3), colour)
        else:
            start = rng.uniform(0, 360)
            pen.arc((x, y, x + 2 * reach, y + 2 * reach), start, start + rng.uniform(40, 120), colour, 3)


def _outline(rng: Generator, label: str) -> np.ndarray:
    """Returns the corners of the shape around the origin, within a circle of radius 1, upright, y downwards."""
    turn = np.linspace(0, 2 * math.pi, 96, endpoint=False)
    if label == "heart":
        x = 16 * np.sin(turn) ** 3
        y = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
        return np.stack([x, -y - 2.5], 1) / 17
    if label == "crescent":
        return _crescent(rng.uniform(0.35, 0.6))
    if label == "cross":
        arm = rng.uniform(0.24, 0.38)
        quarter = np.array([(arm, -0.95), (arm, -arm), (0.95, -arm)])
        return np.concatenate([_turned(quarter, 90 * i) for i in range(4)])
    if label == "star":
        radius = np.where(np.arange(10) % 2 == 0, 1.0, rng.uniform(0.38, 0.5))
        return _regular(10) * radius[:, None]
    if label == "diamond":
        return np.array([(0, -1), (rng.uniform(0.6, 0.78), 0), (0, 1), (-rng.uniform(0.6, 0.78), 0)])
    if label == "square":
        return np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * 0.76
    corners = {"circle": 96, "ring": 96, "hexagon": 6, "triangle": 3}[label]
    return _regular(corners)


def _regular(corners: int) -> np.ndarray:
    angle = np.arange(corners) * 2 * math.pi / corners
    return np.stack([np.sin(angle), -np.cos(angle)], 1)


def _crescent(offset: float) -> np.ndarray:
    """Returns a disc of radius 1 less another one of radius 0.9 whose centre lies `offset` to the right."""
    meet = (1 + offset**2 - 0.81) / (2 * offset)
    outer = np.linspace(math.acos(meet), 2 * math.pi - math.acos(meet), 60)
    tip = math.atan2(math.sqrt(1 - meet**2), meet - offset)
    inner = np.linspace(2 * math.pi - tip, tip, 60)
    return np.concatenate(
        [np.stack([np.cos(outer), np.sin(outer)], 1), np.stack([offset + 0.9 * np.cos(inner), 0.9 * np.sin(inner)], 1)]
    )


def _turned(points: np.ndarray, degrees: float) -> np.ndarray:
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return points @ np.array([[cosine, sine], [-sine, cosine]])


def _placed(rng: Generator, label: str, size: tuple[int, int], tilt: float, hard: bool) -> np.ndarray:
    """Turns, scales and moves the outline so that a centre crop of seven eighths holds nearly all of it."""
    radius = min(size) * (rng.uniform(0.13, 0.2) if hard else rng.uniform(0.2, 0.41))
    stretch = rng.uniform(0.96, 1.04)
    points = _turned(_outline(rng, label) * (stretch, 1 / stretch), rng.uniform(-tilt, tilt)) * radius
    room = np.maximum(np.array(size) * 0.45 - radius, 0)
    return points + np.array(size) / 2 + rng.uniform(-1, 1, 2) * room


def _mask(size: tuple[int, int], points: np.ndarray, stroke: float = 0.0) -> Image.Image:
    """Returns the anti-aliased area of the polygon, or of its outline when `stroke` (in pixels) is positive."""
    mask = Image.new("L", (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING))
    pen = ImageDraw.Draw(mask)
    corners = [tuple(point) for point in points * SUPERSAMPLING]
    if stroke > 0:
        pen.line(corners + corners[:2], 255, round(stroke * SUPERSAMPLING), joint="curve")
    else:
        pen.polygon(corners, 255)
    return mask.reduce(SUPERSAMPLING)


def _paint_shape(
    rng: Generator, picture: Image.Image, label: str, points: np.ndarray, colours: tuple[Colour, Colour]
) -> None:
    """Paints the shape in a gradient: filled, filled with a rim, or as an outline, often with a soft shadow."""
    size, radius = picture.size, float(np.ptp(points, 0).max()) / 2
    style = rng.random()
    outlined = style < 0.22 and label not in NEVER_OUTLINED
    mask = _mask(size, points, stroke=radius * rng.uniform(0.1, 0.17)) if outlined else _mask(size, points)
    if label == "ring":
        centre = points.mean(0)
        mask = ImageChops.subtract(mask, _mask(size, centre + (points - centre) * rng.uniform(0.52, 0.75)))
    if rng.random() < 0.45:
        shade = ImageChops.offset(mask, round(radius * 0.09)).filter(ImageFilter.GaussianBlur(radius * 0.07))
        picture.paste((10, 10, 20), mask=shade.point(lambda level: level * 0.4))
    ramp = Image.linear_gradient("L").rotate(int(rng.integers(4)) * 90).resize(size)
    paint = Image.composite(Image.new("RGB", size, colours[0]), Image.new("RGB", size, colours[1]), ramp)
    picture.paste(paint, mask=mask)
    if style > 0.72 and label != "ring":
        rim = tuple(min(255, level + 70) for level in colours[0])
        picture.paste(rim, mask=_mask(size, points, stroke=max(2.0, radius * 0.05)))


def _photograph(rng: Generator, picture: Image.Image, hard: bool) -> Image.Image:
    """Adds what a camera adds: a little blur, uneven light, and sensor noise."""
    blur = rng.uniform(1.5, 3.0) if hard else rng.uniform(0.0, 1.1)
    if blur > 0.4:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    pixels = np.asarray(picture).astype(np.float32) * rng.uniform(0.9, 1.06)
    noise = rng.uniform(9, 16) if hard else max(0.0, rng.uniform(-4, 6))
    if noise > 0:
        pixels += rng.standard_normal(pixels.shape[:2], np.float32)[..., None] * noise
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
