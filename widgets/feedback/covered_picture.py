"""A picture of a film as it is seen where covers are on: what is behind them is not in it any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.model.cover import WHOLE, Box
from app.ports import Picture


def covered_picture(picture: Picture, boxes: Iterable[Box]) -> Picture:
    """The same picture, black in every box, edges rounded outward; the one that was given is left as it is."""
    held = tuple(boxes)
    if not held:
        return picture
    pixels = picture.pixels.copy()
    for box in held:
        left, right = box.left * picture.width // WHOLE, -(-box.right * picture.width // WHOLE)
        top, bottom = box.top * picture.height // WHOLE, -(-box.bottom * picture.height // WHOLE)
        pixels[top:bottom, left:right, :3] = 0
    return replace(picture, pixels=pixels)
