"""The client of clamd over a real socket: the stand-in of the sandbox, and servers that misbehave."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from employers.applications import scanner
from employers.applications.scanner import NoAnswer, scan
from portal.sandbox.clamd import EICAR, NAME, Clamd, Conversation


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[str]:
    """The server's address; it answers from a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Says(socketserver.BaseRequestHandler):
    """Reads a little and says one thing, whatever it was asked."""

    answer = b""

    def handle(self) -> None:
        self.request.recv(64)
        self.request.sendall(self.answer)


def saying(answer: bytes) -> socketserver.TCPServer:
    return socketserver.TCPServer(("127.0.0.1", 0), type("Fixed", (Says,), {"answer": answer}))


@pytest.mark.parametrize("content", [b"", b"a certificate", b"x" * 1_000_003, b"\0" * 10_485_760])
def test_clean_documents_of_any_size(content):
    with served(Clamd(0)) as url:
        assert scan(content, url=url) == ""


@pytest.mark.parametrize("around", [b"", b"x" * (scanner.CHUNK - 20)])
def test_what_is_found_is_named_even_across_two_chunks(around):
    with served(Clamd(0)) as url:
        assert scan(around + EICAR + around, url=url) == NAME


def test_one_server_judges_one_after_another():
    with served(Clamd(0)) as url:
        assert [scan(content, url=url) for content in (b"a", EICAR, b"b")] == ["", NAME, ""]


def test_a_document_beyond_the_scanners_limit_gets_no_verdict():
    with served(Clamd(0)) as url, pytest.raises(NoAnswer):
        scan(b"x" * (26 * 1024 * 1024), url=url)


def test_by_unix_socket(tmp_path: Path):
    class Unix(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

    path = tmp_path / "clamd.sock"
    server = Unix(str(path), Conversation)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        assert scan(EICAR, url=f"unix://{path}") == NAME
    finally:
        server.shutdown()
        server.server_close()


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NoAnswer):
        scan(b"x", url=f"tcp://127.0.0.1:{port}")


def test_somebody_who_never_answers(monkeypatch):
    monkeypatch.setattr(scanner, "ANSWERS_WITHIN", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoAnswer):
        scan(b"x", url=f"tcp://127.0.0.1:{silent.getsockname()[1]}")


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0", b"OK\0", b"stream: \0", b"stream: INSTREAM size limit exceeded. ERROR\0", b"HTTP/1.1 200\r\n"],
)
def test_what_is_no_verdict_is_never_taken_for_clean(answer):
    with served(saying(answer)) as url, pytest.raises(NoAnswer):
        scan(b"x", url=url)


@pytest.mark.parametrize("url", ["", "tcp://", "http://127.0.0.1:1", "unix:///nowhere/at/all", "tcp://127.0.0.1:port"])
def test_an_address_that_leads_nowhere(url):
    with pytest.raises(NoAnswer):
        scan(b"x", url=url)
