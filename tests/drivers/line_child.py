"""A program of its own that joins a line, says one word and waits to be killed: `port code` are its arguments."""

import sys

from PySide6.QtCore import QCoreApplication

from system.line.tcp_line import TcpLine

app = QCoreApplication(sys.argv[:1])
line = TcpLine()
line.joined.connect(lambda _waited: line.send(b"here"))
line.ended.connect(lambda _error: app.quit())
line.join(f"127.0.0.1:{sys.argv[1]}", sys.argv[2])
app.exec()
