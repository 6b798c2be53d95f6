"""How another computer of the same network finds this one, and which ones may come."""

from __future__ import annotations

from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface

from app.errors import LineError
from app.ports.line import Port

#: where it is waited when that is free
PORT = 47_613
_IPV4 = QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
_UP = QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning


def own_addresses(port: Port) -> tuple[str, ...]:
    """Of this computer in its networks, the likeliest first; the port only where it is not the usual one."""
    found = []
    for interface in QNetworkInterface.allInterfaces():
        flags = interface.flags()
        if flags & _UP != _UP or flags & QNetworkInterface.InterfaceFlag.IsLoopBack:
            continue
        for entry in interface.addressEntries():
            address = entry.ip()
            if address.protocol() == _IPV4 and is_near(address):
                found.append((address.isLinkLocal(), written(address.toString(), port)))
    return tuple(text for _, text in sorted(found))


def written(address: str, port: Port) -> str:
    return address if port == PORT else f"{address}:{port}"


def read(text: str) -> tuple[str, Port]:
    """The address and port that somebody typed. Raises LineError(`led-address`)."""
    host, _, port = text.strip().partition(":")
    address = QHostAddress(host)
    number = int(port) if port.isascii() and port.isdigit() else PORT
    if address.protocol() != _IPV4 or (port and not port.isdigit()) or not 0 < number < 65_536 or not is_near(address):
        raise LineError("led-address")
    return address.toString(), number


def is_near(address: QHostAddress) -> bool:
    """Of this computer, or of a network that is nobody else's: never of the open internet."""
    return address.isLoopback() or address.isLinkLocal() or address.isPrivateUse()
