"""What a service does with a request, well or ill; each is called with its handler and the message."""

import gzip

from employers.income_register.wire import HEAD, TAIL
from tests.income_register.service import enveloped, signed, stored

FAULT = (
    '<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:{}</faultcode>'
    "<faultstring>010180-9026</faultstring></s:Fault>"
)


def well(keys, handler, request, **changed):
    handler.send(200, signed(stored(request, **changed), keys))


def fault(code, handler, _):
    handler.send(500, HEAD + FAULT.format(code).encode() + TAIL)


def status(number, handler, _):
    handler.send(number)


def garbage(handler, _):
    handler.send(200, b"<html>service break</html>")


def unsigned(handler, request):
    handler.send(200, enveloped(stored(request)))


def cut(keys, handler, request):
    answer = signed(stored(request), keys)
    handler.send(200, answer[: len(answer) // 2], promised=len(answer))


def closing(*_):
    pass


def hanging(handler, _):
    handler.server.over.wait(10)


def dripping(start, handler, _):
    handler.wfile.write(start)
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")


def packed(keys, handler, request):
    handler.send(200, gzip.compress(signed(stored(request), keys)), **{"Content-Encoding": "gzip"})


HEADERS, BODY = b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
