"""The line over TCP, by Qt's own sockets: everything happens on the main thread, and no thread outlives a line."""

from __future__ import annotations

import secrets
from enum import Enum

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QTcpServer, QTcpSocket

from app.errors import LineError
from app.ports.line import DIGITS, MOST_BYTES, MOST_GUESSES, Line, Port
from system.line import addresses
from system.line.handshake import Handshake, Keys
from system.line.sealing import Frames, Sealing, framed

#: bytes of a word before the keys are confirmed
SHAKING = 64
#: ms: for finding each other, between two signs of life, and without one until the line counts as cut
FINDING, BEATING, SILENT = 8_000, 1_000, 5_000
#: bytes that wait to be sent: a partner that takes nothing any more is gone
MOST_WAITING = 3 * MOST_BYTES


class Stage(Enum):
    NEW = "new"
    WAITING = "waiting"  # the only one in which anything listens
    MEETING = "meeting"  # the other's hello is awaited
    CONFIRMING = "confirming"
    TOGETHER = "together"
    OVER = "over"


class TcpLine(Line):
    """Waits on all addresses of this computer, or goes to one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage, self._waits = Stage.NEW, False
        self._server: QTcpServer | None = None
        self._socket: QTcpSocket | None = None
        self._shaking: Handshake | None = None
        self._frames = Frames(SHAKING)
        self._out: Sealing | None = None
        self._in: Sealing | None = None
        self._code, self._guesses = "", 0
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._on_silence)
        self._beat = QTimer(self, interval=BEATING)
        self._beat.timeout.connect(lambda: self._say(b""))

    # beginning

    def addresses(self) -> tuple[str, ...]:
        return addresses.own_addresses(self.port)

    @property
    def port(self) -> Port:
        """Where it listens; the usual one while it does not."""
        return self._server.serverPort() if self._server is not None else addresses.PORT

    def is_listening(self) -> bool:
        return self._server is not None and self._server.isListening()

    def wait(self) -> None:
        """As the port has it. Raises LineError(`led-cannot-wait`)."""
        assert self.stage == Stage.NEW, "a line is used once"
        server = self._server = QTcpServer(self)
        server.setMaxPendingConnections(1)
        everywhere = QHostAddress(QHostAddress.SpecialAddress.AnyIPv4)
        if not (server.listen(everywhere, addresses.PORT) or server.listen(everywhere)):
            self.close()
            raise LineError("led-cannot-wait")
        server.newConnection.connect(self._on_connection)
        self._waits, self.stage = True, Stage.WAITING
        self._new_code()

    def join(self, address: str, code: str) -> None:
        """As the port has it. Raises LineError(`led-address`, `led-code-form`)."""
        assert self.stage == Stage.NEW, "a line is used once"
        host, port = addresses.read(address)
        self._code = "".join(c for c in code if c.isascii() and c.isdigit())
        if len(self._code) != DIGITS:
            raise LineError("led-code-form")
        self.stage = Stage.MEETING
        socket = QTcpSocket(self)
        socket.connected.connect(self._begin)
        self._take(socket)
        socket.connectToHost(host, port)
        self._patience.start(FINDING)

    def _new_code(self) -> None:
        self._code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        self.code_shown.emit(self._code)

    def _on_connection(self) -> None:
        assert self._server is not None, "it listens"
        socket = self._server.nextPendingConnection()
        if self.stage != Stage.WAITING or not addresses.is_near(socket.peerAddress()):
            socket.abort()
            socket.deleteLater()
            return
        self.stage = Stage.MEETING
        self._take(socket)
        self._begin()
        self._patience.start(FINDING)

    def _take(self, socket: QTcpSocket) -> None:
        self._socket, self._frames = socket, Frames(SHAKING)
        socket.setParent(self)  # it outlives the server that it came through
        socket.setSocketOption(QAbstractSocket.SocketOption.LowDelayOption, 1)
        socket.setReadBufferSize(2 * MOST_BYTES)
        socket.readyRead.connect(self._on_bytes)
        socket.disconnected.connect(self._on_gone)
        socket.errorOccurred.connect(self._on_trouble)

    def _begin(self) -> None:
        """Whoever joins speaks first: who waits shows nothing to one that only knocks."""
        assert self._socket is not None, "it is connected"
        self._socket.setSocketOption(QAbstractSocket.SocketOption.LowDelayOption, 1)
        self._shaking = Handshake(self._code, waits=self._waits)
        if not self._waits:
            self._write(self._shaking.hello)

    # what comes

    def _on_bytes(self) -> None:
        socket = self._socket
        if socket is None or not socket.isOpen() or self.stage == Stage.OVER:
            return
        try:
            for message in self._frames.take(bytes(socket.readAll().data())):
                self._on_message(message)
                if self._socket is not socket:
                    return
        except LineError as error:
            self._failed(error)

    def _on_message(self, message: bytes) -> None:
        if self.stage == Stage.TOGETHER:
            assert self._in is not None, "the keys are there"
            self._patience.start(SILENT)
            if plain := self._in.open(message):
                self.received.emit(plain)
            return
        assert self._shaking is not None, "they are meeting"
        if self.stage == Stage.MEETING:
            self.stage = Stage.CONFIRMING
            self._shaking.meet(message)
            self._write(self._shaking.hello if self._waits else self._shaking.confirmation)
        else:
            keys = self._shaking.confirm(message)
            if self._waits:  # who waits proves itself last: a guesser learns nothing from it
                self._write(self._shaking.confirmation)
            self._together(keys)

    def _together(self, keys: Keys) -> None:
        self._out, self._in = Sealing(keys.outward), Sealing(keys.inward)
        self._frames.most = MOST_BYTES
        self._shaking, self._code = None, ""
        self._stop_listening()
        self.stage = Stage.TOGETHER
        self._patience.start(SILENT)
        self._beat.start()
        self.joined.emit(self._waits)

    # what goes

    def send(self, message: bytes) -> None:
        """As the port has it. Raises LineError(`led-too-long`)."""
        if len(message) > MOST_BYTES:
            raise LineError("led-too-long")
        if message:
            self._say(message)

    def _say(self, message: bytes) -> None:
        """Sealed; an empty one is a sign of life."""
        if self.stage != Stage.TOGETHER or self._out is None or self._socket is None:
            return
        if self._socket.bytesToWrite() > MOST_WAITING:
            self._end(LineError("led-cut"))
            return
        self._write(self._out.seal(message))

    def _write(self, message: bytes) -> None:
        if self._socket is not None:
            self._socket.write(framed(message))
            self._socket.flush()

    # the end

    def _on_gone(self) -> None:
        if self.stage == Stage.TOGETHER:
            self._on_bytes()  # what came before it went
        if self.stage == Stage.TOGETHER:
            self._end(LineError("led-cut"))
        elif self.stage in (Stage.MEETING, Stage.CONFIRMING):
            is_met = self.stage == Stage.CONFIRMING
            self._failed(LineError("led-wrong-code" if is_met else "led-not-there"))

    def _on_trouble(self, _error: QAbstractSocket.SocketError) -> None:
        self._on_gone()

    def _on_silence(self) -> None:
        self._on_gone()

    def _failed(self, error: LineError) -> None:
        """Before the keys are confirmed who waits goes on with another code; after that the line is over."""
        if self.stage == Stage.TOGETHER or not self._waits:
            self._end(error)
            return
        is_guess = self.stage == Stage.CONFIRMING
        self._let_go()
        self._shaking = None
        self._patience.stop()
        self.stage = Stage.WAITING
        if not is_guess:
            return  # it never saw anything made of the code
        self._guesses += 1
        if self._guesses >= MOST_GUESSES:
            self._end(LineError("led-guessed"))
        else:
            self._new_code()

    def _end(self, error: LineError | None) -> None:
        if self.stage != Stage.OVER:
            self.close()
            self.ended.emit(error)

    def close(self) -> None:
        self.stage = Stage.OVER
        self._patience.stop()
        self._beat.stop()
        self._stop_listening()
        self._let_go()
        self._shaking = self._out = self._in = None
        self._code = ""

    def _stop_listening(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
            server.deleteLater()

    def _let_go(self) -> None:
        """What was sent still goes; what comes is heard no more."""
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.blockSignals(True)
            socket.disconnectFromHost()
            socket.deleteLater()
