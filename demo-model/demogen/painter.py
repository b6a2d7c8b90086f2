"""A small software renderer: shaded, textured shapes on an RGB canvas."""

from dataclasses import dataclass
from typing import Callable, Optional

import cv2
import numpy as np

SUBPIXEL_BITS = 4


@dataclass(frozen=True)
class Material:
    """How a surface looks; ``skin`` marks surfaces counted as bare skin."""

    colour: tuple
    texture: str = "plain"
    shade: float = 0.25
    pattern: Optional[Callable] = None
    skin: bool = False


@dataclass(frozen=True)
class Frame:
    """Places a product's own coordinates (-1..1) on the canvas."""

    x: float
    y: float
    scale: float
    angle: float = 0.0
    mirrored: bool = False

    def place(self, points):
        """Map points from product coordinates to canvas pixels."""
        points = np.asarray(points, np.float32).reshape(-1, 2).copy()
        if self.mirrored:
            points[:, 0] *= -1
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        turn = np.array([[cos, sin], [-sin, cos]], np.float32)
        return points @ turn * self.scale + (self.x, self.y)


class Painter:
    """Owns the canvas and remembers which of its pixels show bare skin."""

    def __init__(self, canvas, rng):
        self.canvas = canvas
        self.rng = rng
        self.light = rng.uniform(-np.pi, np.pi)
        self.skin = np.zeros(canvas.shape[:2], np.uint8)

    def skin_share(self):
        """Share of the picture that is bare skin, 0 to 1."""
        return float(self.skin.mean()) / 255

    def polygon(self, points, material):
        """Fill a polygon given in canvas pixels."""
        box = self._clip(points, 2)
        if box is None:
            return
        x0, y0, x1, y1 = box
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        fixed = np.round((points - (x0, y0)) * (1 << SUBPIXEL_BITS))
        cv2.fillPoly(mask, [fixed.astype(np.int32)], 255, cv2.LINE_AA,
                     SUBPIXEL_BITS)
        self._blend(box, mask, material)

    def stroke(self, points, width, material):
        """Draw a thick open line given in canvas pixels."""
        width = max(1, int(round(width)))
        box = self._clip(points, width + 2)
        if box is None:
            return
        x0, y0, x1, y1 = box
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        fixed = np.round((points - (x0, y0)) * (1 << SUBPIXEL_BITS))
        cv2.polylines(mask, [fixed.astype(np.int32)], False, 255, width,
                      cv2.LINE_AA, SUBPIXEL_BITS)
        self._blend(box, mask, material)

    def shadow(self, points, strength, softness):
        """Darken the canvas under a blurred polygon, at low resolution."""
        height, width = self.canvas.shape[:2]
        factor = 8
        mask = np.zeros((height // factor + 1, width // factor + 1), np.uint8)
        cv2.fillPoly(mask, [np.round(points / factor).astype(np.int32)], 255)
        mask = cv2.GaussianBlur(mask, (0, 0), max(softness / factor, 0.6))
        mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)
        dim = (255 - mask * strength).astype(np.uint8)
        self.canvas[:] = cv2.multiply(self.canvas, cv2.merge([dim] * 3),
                                      scale=1 / 255)

    def overlay(self, layer, alpha, x, y):
        """Blend an RGB layer with its alpha (0..255) at a canvas position."""
        height, width = self.canvas.shape[:2]
        x, y = int(round(x)), int(round(y))
        x0, y0 = max(x, 0), max(y, 0)
        x1 = min(x + layer.shape[1], width)
        y1 = min(y + layer.shape[0], height)
        if x1 <= x0 or y1 <= y0:
            return
        part = slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)
        mix(self.canvas[y0:y1, x0:x1], layer[part], alpha[part])
        self.skin[y0:y1, x0:x1][alpha[part] > 200] = 0

    def _clip(self, points, margin):
        height, width = self.canvas.shape[:2]
        x0, y0 = np.floor(points.min(0)).astype(int) - margin
        x1, y1 = np.ceil(points.max(0)).astype(int) + margin
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _blend(self, box, mask, material):
        x0, y0, x1, y1 = box
        surface = self._surface(y1 - y0, x1 - x0, material)
        mix(self.canvas[y0:y1, x0:x1], surface, mask)
        skin = self.skin[y0:y1, x0:x1]
        skin[mask > 127] = 255 if material.skin else 0

    def _surface(self, height, width, material):
        field = shading(height, width, self.light, material.shade)
        field *= texture(self.rng, material.texture, height, width)
        if material.pattern is None:
            base = np.asarray(material.colour, np.float32)[None, None]
        else:
            base = material.pattern(height, width).astype(np.float32)
        return np.clip(field[..., None] * base, 0, 255).astype(np.uint8)


class Pen:
    """Draws in a product's own coordinates through its frame."""

    def __init__(self, painter, frame):
        self.painter = painter
        self.frame = frame

    def poly(self, points, material):
        """Fill a polygon with straight edges."""
        self.painter.polygon(self.frame.place(points), material)

    def blob(self, points, material):
        """Fill the smooth closed curve through the points."""
        self.poly(closed_curve(points), material)

    def ellipse(self, x, y, rx, ry, material):
        """Fill an axis-parallel ellipse."""
        self.poly(ellipse_points(x, y, rx, ry), material)

    def rounded(self, x0, y0, x1, y1, radius, material):
        """Fill a rectangle with rounded corners."""
        corners = ((x1 - radius, y0 + radius, -90), (x1 - radius, y1 - radius, 0),
                   (x0 + radius, y1 - radius, 90), (x0 + radius, y0 + radius, 180))
        points = []
        for cx, cy, start in corners:
            arc = np.radians(start + np.linspace(0, 90, 7))
            points.append(np.stack([cx + radius * np.cos(arc),
                                    cy + radius * np.sin(arc)], 1))
        self.poly(np.concatenate(points), material)

    def line(self, points, width, material):
        """Draw a thick line; the width is in product units."""
        self.painter.stroke(self.frame.place(points), width * self.frame.scale,
                            material)

    def capsule(self, start, end, start_radius, end_radius, material):
        """Fill a tapered limb-like shape between two points."""
        self.poly(capsule_points(start, end, start_radius, end_radius), material)


def mix(canvas, layer, alpha):
    """Blend ``layer`` into ``canvas`` in place; alpha is 0..255."""
    weight = alpha.astype(np.float32)[..., None] * (1 / 255)
    canvas[:] = canvas + (layer.astype(np.float32) - canvas) * weight + 0.5


def shading(height, width, light, strength):
    """A directional ramp with a soft highlight, as a factor around 1."""
    v, u = np.mgrid[-1:1:24j, -1:1:24j].astype(np.float32)
    along = u * np.cos(light) + v * np.sin(light)
    glow = np.exp(-3 * ((u - 0.4 * np.cos(light)) ** 2
                        + (v - 0.4 * np.sin(light)) ** 2))
    field = 1 + strength * (0.7 * along + 0.5 * glow - 0.15)
    return cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR)


def texture(rng, kind, height, width):
    """A surface texture as a factor around 1."""
    if kind == "plain":
        return np.float32(1)
    if kind == "wood":
        return _wood(rng, height, width)
    grain = {"leather": 3, "fabric": 2, "stone": 9}[kind]
    depth = {"leather": 0.07, "fabric": 0.09, "stone": 0.12}[kind]
    return 1 + depth * smooth_noise(rng, height, width, grain)


def smooth_noise(rng, height, width, grain):
    """Normal noise whose blobs are about ``grain`` pixels wide."""
    small = rng.standard_normal(
        (height // grain + 2, width // grain + 2), dtype=np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def _wood(rng, height, width):
    across = np.linspace(0, rng.uniform(12, 40), height, dtype=np.float32)
    wave = 1.6 * smooth_noise(rng, height, width, max(height, width) // 4 + 8)
    return 1 + 0.09 * np.sin(across[:, None] + wave)


def closed_curve(points, steps=10):
    """A closed Catmull-Rom curve through the points."""
    points = np.asarray(points, np.float32)
    before, after = np.roll(points, 1, 0), np.roll(points, -1, 0)
    beyond = np.roll(points, -2, 0)
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[:, None, None]
    curve = 0.5 * (2 * points + (after - before) * t
                   + (2 * before - 5 * points + 4 * after - beyond) * t ** 2
                   + (3 * points - before - 3 * after + beyond) * t ** 3)
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def ellipse_points(x, y, rx, ry, start=0, end=360, count=48):
    """Points along an ellipse's arc, in degrees."""
    angle = np.radians(np.linspace(start, end, count))
    return np.stack([x + rx * np.cos(angle), y + ry * np.sin(angle)], 1)


def capsule_points(start, end, start_radius, end_radius):
    """Outline of two circles of different radius joined by tangents."""
    start, end = np.asarray(start, np.float32), np.asarray(end, np.float32)
    heading = np.degrees(np.arctan2(*(end - start)[::-1]))
    tail = ellipse_points(*start, start_radius, start_radius,
                          heading + 90, heading + 270, 16)
    tip = ellipse_points(*end, end_radius, end_radius,
                         heading - 90, heading + 90, 16)
    return np.concatenate([tail, tip])
