"""The six-minute film of a made-up meeting that lies beside the checkout, where it is there; HAVAINTO_MIM moves it."""

import os
from pathlib import Path

MIM = Path(os.environ.get("HAVAINTO_MIM", Path(__file__).parents[3] / "shared" / "media" / "mim"))
CAMERA_A = MIM / "camera_a.mp4"
CAMERA_B = MIM / "camera_b.mp4"
