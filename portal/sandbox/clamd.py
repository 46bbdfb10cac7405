"""What stands in for a virus scanner on a laptop: clamd's protocol, and one thing that it finds: the EICAR test file.

https://www.eicar.org: 68 harmless bytes that every scanner calls a virus.
"""

import os
import socketserver
import struct
from typing import Any

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
NAME = "Eicar-Test-Signature"
LONGEST_COMMAND = 64  # bytes
LARGEST = 25 * 1024 * 1024  # bytes, as clamd's own StreamMaxLength


class Conversation(socketserver.StreamRequestHandler):
    """One command a connection, as clamd has it outside of a session."""

    def handle(self) -> None:
        command = self._command()
        if command == b"zPING":
            self._say("PONG")
        elif command == b"zINSTREAM":
            self._say(self._judged())
        else:
            self._say("UNKNOWN COMMAND")

    def _command(self) -> bytes:
        said = b""
        while len(said) < LONGEST_COMMAND and not said.endswith(b"\0"):
            more = self.rfile.read(1)
            if not more:
                break
            said += more
        return said.rstrip(b"\0")

    def _judged(self) -> str:
        content = bytearray()
        while True:
            (length,) = struct.unpack("!I", self.rfile.read(4))
            if not length:
                return f"stream: {NAME} FOUND" if EICAR in content else "stream: OK"
            content += self.rfile.read(length)
            if len(content) > LARGEST:
                return "INSTREAM size limit exceeded. ERROR"

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\0")


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Conversation)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up in the middle of a stream is not worth a traceback."""


if __name__ == "__main__":
    with Clamd(int(os.environ["CLAMD_PORT"])) as server:
        server.serve_forever()
