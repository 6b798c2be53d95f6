"""Looks for faces in one picture: by CenterFace, the model in `resources/faces`, or by OpenCV's Haar cascades.

Neither is trusted: turned, tilted, dark and small faces are missed, the usual case with a small child on the floor.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from app.model.cover import Proposed
from app.model.units import Pixels, Share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = Path(__file__).parents[2] / "resources" / "faces" / "centerface.onnx"
#: the longer side of the pictures that are looked at
LOOKED_AT: Pixels = 640
#: the model's own: what it takes and gives, pixels of the picture to one of its answer, and its step of sides
_OUTPUTS = ("537", "538", "539", "540")
_STRIDE, _STEP = 4, 32
#: how sure the model has to be: low, for a proposal too many is struck out at a glance
SURE: Share = 0.3
#: two finds that share so much of both together are one
_SAME: Share = 0.3
#: the smallest face of Haar, of the picture's longer side
_SMALLEST = 26


class Face(NamedTuple):
    """Edges in shares of the picture, and how sure it is."""

    left: Share
    top: Share
    right: Share
    bottom: Share
    sure: Share


class Finder(Protocol):
    """Finds faces in BGR pictures of shape (height, width, 3)."""

    def find(self, picture: NDArray[np.uint8]) -> list[Face]: ...


def finder(by: Proposed) -> Finder:
    """Whoever proposes."""
    return Haar() if by == Proposed.HAAR else CenterFace()


class CenterFace:
    """The model, run by OpenCV."""

    def __init__(self) -> None:
        import cv2
        import numpy as np

        # read here: OpenCV opens no path with letters beyond the system's own on Windows
        self._net = cv2.dnn.readNetFromONNX(np.frombuffer(MODEL.read_bytes(), np.uint8))

    def find(self, picture: NDArray[np.uint8]) -> list[Face]:
        import cv2
        import numpy as np

        high, wide = picture.shape[:2]
        side = tuple(-(-edge // _STEP) * _STEP for edge in (wide, high))
        self._net.setInput(cv2.dnn.blobFromImage(picture, size=side, swapRB=True))
        heat, scale, offset, _ = (np.asarray(answer)[0] for answer in self._net.forward(_OUTPUTS))
        rows, columns = np.nonzero(heat[0] > SURE)
        tall, broad = (np.exp(scale[axis, rows, columns]) * _STRIDE for axis in (0, 1))
        middle_y = (rows + offset[0, rows, columns] + 0.5) * _STRIDE
        middle_x = (columns + offset[1, rows, columns] + 0.5) * _STRIDE
        edges = np.stack(
            [
                (middle_x - broad / 2) / side[0],
                (middle_y - tall / 2) / side[1],
                (middle_x + broad / 2) / side[0],
                (middle_y + tall / 2) / side[1],
            ],
            axis=1,
        )
        found = [_face(row, sure) for row, sure in zip(edges.tolist(), heat[0][rows, columns].tolist(), strict=True)]
        return apart(found)


class Haar:
    """OpenCV's cascades: faces from the front and from both sides."""

    def __init__(self) -> None:
        import cv2
        import cv2.data

        folder = cv2.data.haarcascades
        self._front = cv2.CascadeClassifier(folder + "haarcascade_frontalface_default.xml")
        self._side = cv2.CascadeClassifier(folder + "haarcascade_profileface.xml")

    def find(self, picture: NDArray[np.uint8]) -> list[Face]:
        import cv2

        gray = cv2.equalizeHist(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
        high, wide = gray.shape
        least = max(max(wide, high) // _SMALLEST, 20)
        found = [_of_pixels(box, gray.shape) for box in _looked(self._front, gray, least)]
        found += [_of_pixels(box, gray.shape) for box in _looked(self._side, gray, least)]
        mirrored = cv2.flip(gray, 1)
        found += [
            _of_pixels((wide - x - w, y, w, h), gray.shape) for x, y, w, h in _looked(self._side, mirrored, least)
        ]
        return apart(found)


def _looked(cascade: Any, gray: Any, least: Pixels) -> list[tuple[int, int, int, int]]:
    return [tuple(box) for box in cascade.detectMultiScale(gray, 1.1, 4, minSize=(least, least))]


def _of_pixels(box: tuple[int, int, int, int], shape: tuple[int, ...]) -> Face:
    x, y, wide, high = (int(edge) for edge in box)
    return _face([x / shape[1], y / shape[0], (x + wide) / shape[1], (y + high) / shape[0]], 0.5)


def _face(edges: list[float], sure: float) -> Face:
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in edges)
    return Face(left, top, right, bottom, sure)


def apart(found: list[Face]) -> list[Face]:
    """Of finds that lie over each other the surest one."""
    kept: list[Face] = []
    for face in sorted(found, key=lambda f: -f.sure):
        if face.right > face.left and face.bottom > face.top and all(shared(face, k) < _SAME for k in kept):
            kept.append(face)
    return kept


def shared(one: Face, other: Face) -> Share:
    """What both have in common, of what they have together."""
    across = min(one.right, other.right) - max(one.left, other.left)
    along = min(one.bottom, other.bottom) - max(one.top, other.top)
    if across <= 0 or along <= 0:
        return 0.0
    both = across * along
    return both / (_area(one) + _area(other) - both)


def _area(face: Face) -> float:
    return (face.right - face.left) * (face.bottom - face.top)
