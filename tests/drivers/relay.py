"""A wire between two computers: it holds bytes back for a while, keeps what went by, changes it, and can be cut."""

import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress


class Relay:
    """Listens on a port of its own and passes every connection on to `port`; `delay` is in seconds, each way."""

    def __init__(self, port: int, delay: float = 0.0) -> None:
        self._port, self._delay = port, delay
        self.passed: list[bytes] = []  # both ways, as it went by
        self.change: Callable[[bytes], bytes] = lambda data: data
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._run(self._accept)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _run(self, what: Callable[..., None], *given) -> None:
        thread = threading.Thread(target=what, args=given, name="relay", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._port))
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets += [near, far]
            for source, target in ((near, far), (far, near)):
                waiting: queue.Queue[tuple[float, bytes]] = queue.Queue()
                self._run(self._read, source, waiting)
                self._run(self._write, target, waiting)

    def _read(self, source: socket.socket, waiting: queue.Queue) -> None:
        while True:
            try:
                data = source.recv(65_536)
            except OSError:
                data = b""
            waiting.put((time.monotonic() + self._delay, data))
            if not data:
                return

    def _write(self, target: socket.socket, waiting: queue.Queue) -> None:
        while True:
            due, data = waiting.get()
            time.sleep(max(due - time.monotonic(), 0))
            try:
                if not data:
                    target.shutdown(socket.SHUT_RDWR)
                    return
                data = self.change(data)
                self.passed.append(data)
                target.sendall(data)
            except OSError:
                return

    def cut(self) -> None:
        """Every connection ends; another one can come."""
        held, self._sockets = self._sockets, []
        for one in held:
            with suppress(OSError):  # the other side was faster
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def close(self) -> None:
        """The wire is taken away."""
        with suppress(OSError):  # a listening socket is shut down on some systems only
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()
        for thread in self._threads:
            thread.join(5)
