"""A register's SFTP service over a folder of this machine, with faults on demand."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import paramiko
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from paramiko import SFTPAttributes, SFTPHandle, SFTPServer, SFTPServerInterface

USER = "portal"


class Service:
    """Listens until closed. `looking` is called before a folder is listed, `reading` before a block is read."""

    def __init__(self, root: Path, host_key: paramiko.PKey, client_key: paramiko.PKey) -> None:
        self.root, self.host_key, self.client_key = root, host_key, client_key
        self.reading: Callable[[Path, int], None] = lambda path, offset: None
        self.looking: Callable[[Path], None] = lambda path: None
        self.sessions: list[paramiko.Transport] = []
        self.over = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])

    @property
    def url(self) -> str:
        return f"sftp://{USER}@127.0.0.1:{self.port}"

    def serve(self) -> None:
        with suppress(OSError):  # closed
            while True:
                connection, _ = self.listening.accept()
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each block waits 40 ms for its receipt
        session = paramiko.Transport(connection)
        session.add_server_key(self.host_key)
        session.set_subsystem_handler("sftp", SFTPServer, _Files, service=self)
        self.sessions.append(session)
        with suppress(paramiko.SSHException, EOFError):
            session.start_server(event=threading.Event(), server=_Door(self))

    def cut(self) -> None:
        for session in self.sessions:
            session.close()

    def close(self) -> None:
        self.over.set()
        with suppress(OSError):  # closed already
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.cut()


class _Door(paramiko.ServerInterface):
    def __init__(self, service: Service) -> None:
        self.service = service

    def get_allowed_auths(self, username: str) -> str:
        return "publickey"

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        known = username == USER and key == self.service.client_key
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED


class _Files(SFTPServerInterface):
    def __init__(self, server: paramiko.ServerInterface, *, service: Service) -> None:
        super().__init__(server)
        self.service = service

    def _inside(self, path: str) -> Path:
        return self.service.root / self.canonicalize(path).lstrip("/")

    def list_folder(self, path: str) -> list[SFTPAttributes] | int:
        self.service.looking(self._inside(path))
        try:
            found = sorted(self._inside(path).iterdir())
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)
        return [SFTPAttributes.from_stat(one.lstat(), one.name) for one in found]

    def stat(self, path: str) -> SFTPAttributes | int:
        try:
            return SFTPAttributes.from_stat(self._inside(path).stat())
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: SFTPAttributes) -> SFTPHandle | int:
        try:
            return _Handle(self.service, self._inside(path), flags)
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)

    def remove(self, path: str) -> int:
        try:
            os.remove(self._inside(path))
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)
        return paramiko.SFTP_OK


class _Handle(SFTPHandle):
    def __init__(self, service: Service, path: Path, flags: int) -> None:
        super().__init__(flags)
        self.service, self.path = service, path
        self.readfile = path.open("rb")

    def read(self, offset: int, length: int) -> bytes | int:
        self.service.reading(self.path, offset)
        return super().read(offset, length)


def make_key(path: Path) -> paramiko.PKey:
    key = ed25519.Ed25519PrivateKey.generate()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    return paramiko.PKey.from_path(path)


@contextmanager
def serving(folder: Path, host_key: paramiko.PKey, client_key: paramiko.PKey) -> Iterator[Service]:
    service = Service(folder, host_key, client_key)
    threading.Thread(target=service.serve, daemon=True).start()
    try:
        yield service
    finally:
        service.close()


def know(service: Service, path: Path, *, key: paramiko.PKey | None = None) -> None:
    """Write the host key to a file of known hosts."""
    shown = key or service.host_key
    path.write_text(f"[127.0.0.1]:{service.port} {shown.get_name()} {shown.get_base64()}\n")
