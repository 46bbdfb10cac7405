"""The register's SFTP: records come to IN, extracts and feedback lie in OUT. One user, known by a key.

A record is taken when its file is closed or renamed under a name that ends with `.xml`; other names are still being
written.
"""

import os
import posixpath
import socket
import threading
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import paramiko
from lxml import etree
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED, OPEN_SUCCEEDED
from paramiko.sftp import SFTP_EOF, SFTP_OK

from portal.sandbox.register.extraction import unfinished
from portal.sandbox.register.office import Office
from portal.sandbox.register.services import receive_file

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

USER = "portal"
PAUSE = 0.05  # seconds before every part of a slow file


class SftpServer(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *, port: int, keys: Path, office: Office) -> None:
        super().__init__(("127.0.0.1", port), _Connection)
        self.office = office
        self.host_key = paramiko.Ed25519Key.from_private_key_file(str(keys / "sftp_host.key"))
        self.known = paramiko.Ed25519Key.from_private_key_file(str(keys / "sftp.key"))

    def handle_error(self, *_: Any) -> None:
        """Whoever goes away in the middle is no news."""


class _Connection(BaseRequestHandler):
    server: SftpServer
    request: socket.socket

    def handle(self) -> None:
        faults = self.server.office.faults
        behaviour = faults.take(("broken", "reset", "hang"))
        if behaviour in ("broken", "reset"):
            return
        if behaviour == "hang":
            faults.released.wait()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each block waits 40 ms for its receipt
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each block waits 40 ms for its receipt
        transport = paramiko.Transport(self.request)
        transport.add_server_key(self.server.host_key)
        transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Folders, office=self.server.office)
        try:
            transport.start_server(server=_Access(self.server.known))
            transport.join()
        except (paramiko.SSHException, EOFError, OSError):
            transport.close()


class _Access(paramiko.ServerInterface):
    def __init__(self, known: paramiko.PKey) -> None:
        self.known = known

    def get_allowed_auths(self, username: str) -> str:
        return "publickey"

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        return AUTH_SUCCESSFUL if username == USER and key == self.known else AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return OPEN_SUCCEEDED if kind == "session" else OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED


class _Folders(paramiko.SFTPServerInterface):
    def __init__(self, server: paramiko.ServerInterface, *args: Any, office: Office, **more: Any) -> None:
        super().__init__(server, *args, **more)
        self.office, self.root = office, office.incoming.parent

    def list_folder(self, path: str) -> list[paramiko.SFTPAttributes] | int:
        try:
            return [_attributes(one) for one in sorted(self._real(path).iterdir())]
        except OSError as error:
            return _code(error)

    def stat(self, path: str) -> paramiko.SFTPAttributes | int:
        try:
            return _attributes(self._real(path))
        except OSError as error:
            return _code(error)

    lstat = stat

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> paramiko.SFTPHandle | int:
        try:
            descriptor = os.open(self._real(path), flags, 0o600)
        except OSError as error:
            return _code(error)
        return _File(self, path, descriptor, flags)

    def remove(self, path: str) -> int:
        try:
            self._real(path).unlink()
        except OSError as error:
            return _code(error)
        return SFTP_OK

    def rename(self, oldpath: str, newpath: str) -> int:
        try:
            self._real(oldpath).rename(self._real(newpath))
        except OSError as error:
            return _code(error)
        self.taken(newpath)
        return SFTP_OK

    posix_rename = rename

    def taken(self, path: str) -> None:
        """Process a record that has come whole, and put its feedback into OUT."""
        file = self._real(path)
        if file.parent == self.office.incoming and file.suffix == ".xml" and file.exists():
            answer = receive_file(self.office, file.read_bytes())
            file.unlink()
            put_feedback(self.office, answer)

    def _real(self, path: str) -> Path:
        """Never outside the two folders."""
        return self.root / posixpath.normpath(posixpath.join("/", path)).lstrip("/")


def put_feedback(office: Office, answer: bytes) -> None:
    root = etree.fromstring(answer)
    kind = root.findtext("DeliveryData/DeliveryDataType") or "0"
    target = office.file_out(kind, root.findtext("StatusResponse/IRDeliveryId") or uuid4().hex)
    unfinished(target).write_bytes(answer)
    unfinished(target).replace(target)


class _File(paramiko.SFTPHandle):
    def __init__(self, folders: _Folders, path: str, descriptor: int, flags: int) -> None:
        super().__init__(flags)
        self.folders, self.path, self.written = folders, path, bool(flags & (os.O_WRONLY | os.O_RDWR))
        self.file = os.fdopen(descriptor, "r+b" if self.written else "rb")
        self.lock = threading.Lock()

    def read(self, offset: int, length: int) -> bytes | int:
        if self.folders.office.faults.behaviour == "slow":
            self.folders.office.faults.released.wait(PAUSE)
        with self.lock:
            self.file.seek(offset)
            return self.file.read(length) or SFTP_EOF

    def write(self, offset: int, data: "ReadableBuffer") -> int:
        with self.lock:
            self.file.seek(offset)
            self.file.write(data)
        return SFTP_OK

    def stat(self) -> paramiko.SFTPAttributes:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.file.fileno()))

    def close(self) -> None:
        self.file.close()
        if self.written:
            self.folders.taken(self.path)


def _attributes(path: Path) -> paramiko.SFTPAttributes:
    return paramiko.SFTPAttributes.from_stat(path.stat(), filename=path.name)


def _code(error: OSError) -> int:
    return paramiko.SFTPServer.convert_errno(error.errno or 0)
