"""A real S3 protocol server (moto) in this process: counts what it serves, and misbehaves when told to."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Fault = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes] | None]


class ObjectServer:
    """`url`; `body_bytes` and `requests` by (method, path); `faults` are asked first, in order."""

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._app = DomainDispatcherApplication(create_backend_app)
        self.faults: list[Fault] = []
        self.body_bytes: Counter[tuple[str, str]] = Counter()
        self.requests: Counter[tuple[str, str]] = Counter()
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if environ.get("QUERY_STRING") == "tagging":  # what is said of an object, none of its bytes
            method = f"{method} tagging"
        self.requests[method, path] += 1
        for fault in self.faults:
            answer = fault(environ, start)
            if answer is not None:
                return answer
        return self._counted((method, path), self._app(environ, start))

    def _counted(self, what: tuple[str, str], answer: Iterable[bytes]) -> Iterator[bytes]:
        for block in answer:
            if what[0] == "GET":
                self.body_bytes[what] += len(block)
            yield block

    def data_bytes(self) -> int:
        """How many bytes of objects were served (a listing is a GET of the bucket)."""
        return sum(count for (_, path), count in self.body_bytes.items() if path.strip("/").count("/"))

    def forget(self) -> None:
        self.body_bytes.clear()
        self.requests.clear()

    def close(self) -> None:
        self._server.shutdown()

    def client(self) -> Any:
        import boto3

        return boto3.client("s3", endpoint_url=self.url)


def failing(status: str, code: str, path: str = "", times: int = 1 << 30) -> Fault:
    """Answer with an error `times` times for objects whose path contains `path`."""
    left = [times]

    def fault(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes] | None:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path not in environ["PATH_INFO"] or left[0] <= 0:
            return None
        left[0] -= 1
        start(status, [("Content-Type", "application/xml")])
        return [f"<Error><Code>{code}</Code><Message>later</Message></Error>".encode()]

    return fault


def resetting(path: str, times: int) -> Fault:
    """Reset the connection `times` times."""
    left = [times]

    def fault(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes] | None:
        if path not in environ["PATH_INFO"] or environ["REQUEST_METHOD"] != "GET" or left[0] <= 0:
            return None
        left[0] -= 1
        connection = environ["werkzeug.socket"]
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError

    return fault
