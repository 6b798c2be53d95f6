"""Sound that lies between pictures without a word about its lengths.

Only the decoder knows where a frame of AAC ends: too few bytes are an error, and more than enough are none. What is
sound as it is heard (PCM) fills the whole room between two pictures.
"""

from __future__ import annotations

from typing import Any

from app.model.units import ByteCount
from video.open.file_window import FileWindow

#: of one frame, with eight channels (ISO/IEC 14496-3: 6144 bits to a channel)
LARGEST: ByteCount = 8 * 768
_FIRST_TRY: ByteCount = 256
#: where the decoder refuses what is no whole frame
_NOT_TAKEN = "avcodec_send_packet()"


class AacFrames:
    """Frames of one AAC track in a file, up to `end`; `description` is its decoder's set-up."""

    def __init__(self, file: FileWindow, end: ByteCount, description: bytes) -> None:
        import av

        self._file, self._end = file, end
        self._decoder: Any = av.CodecContext.create("aac", "r")
        self._decoder.extradata = description

    def unit_at(self, place: ByteCount) -> ByteCount:
        """The bytes of the frame that begins at a place; 0 when none does."""
        held = self._file.at(place, min(LARGEST, self._end - place))
        enough = _FIRST_TRY
        while not self._is_enough(held[:enough]):
            if enough >= len(held):
                return 0
            enough *= 2
        least = enough // 2 if enough > _FIRST_TRY else 0
        enough = min(enough, len(held))
        while enough - least > 1:
            half = (least + enough) // 2
            if self._is_enough(held[:half]):
                enough = half
            else:
                least = half
        return enough

    def _is_enough(self, held: bytes) -> bool:
        """Whether a whole frame begins these bytes."""
        import av
        from av.error import FFmpegError

        if not held:
            return False
        try:
            return len(self._decoder.decode(av.Packet(held))) > 0
        except FFmpegError as error:
            return error.filename != _NOT_TAKEN  # a frame came, and what follows it is none
