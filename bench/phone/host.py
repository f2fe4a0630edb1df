"""A built site's folder in; a host on this machine that serves it compressed, as a good host does, and keeps count.

HTTP/1.1 with connections kept open. What compresses well goes out as gzip: the `.gz` that lies beside a file where the
build made one, otherwise level 9. All answers are ready before the first request, so that compressing costs no page
any time. Counts are of whole answers, header and body: what a phone's data plan pays for.
"""

from __future__ import annotations

import gzip
import threading
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".gz": "application/gzip",
}
"""Anything else, Pagefind's chunks (`.pf_index` and the like, packed already) among it, is plain bytes."""

_COMPRESSED = frozenset(
    {".html", ".css", ".js", ".mjs", ".txt", ".xml", ".json", ".map", ".webmanifest", ".svg", ".wasm"}
)
_UNCHANGING = "/assets/"
"""Addresses below this name their content, in each of the three sites."""

_NOT_FOUND = "/404.html"


@dataclass(frozen=True)
class Answer:
    """`head` ends with its empty line; both are bytes as sent."""

    head: bytes
    body: bytes


class Host:
    """Serves a folder for as long as it is used as a context manager. `address` ends with a slash."""

    def __init__(self, folder: Path) -> None:
        self._answers = _answers(folder)
        self.asked: list[str] = []
        """The paths asked for with GET since `forget`, without their queries, in order."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *why: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Start a new list of what is asked for."""
        self.asked = []

    def answer(self, path: str) -> Answer:
        """What is sent for `path` (below the host, with its first slash, without query)."""
        if path in self._answers:
            return self._answers[path]
        if f"{path}/" in self._answers:
            return _moved(f"{path}/")
        return self._answers.get(_NOT_FOUND, _nothing())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, host: Host, *arguments: object) -> None:
        self._host = host
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self._host.asked.append(path)
        answer = self._host.answer(path)
        # One write, and no header but those counted.
        self.wfile.write(answer.head + answer.body)

    def do_HEAD(self) -> None:
        self.wfile.write(self._host.answer(unquote(urlsplit(self.path).path)).head)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _answers(folder: Path) -> dict[str, Answer]:
    """Path → what is sent for it, of every file in `folder`, a folder's page also at the folder's own path."""
    answers = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = f"/{file.relative_to(folder).as_posix()}"
        answers[path] = _of_file(file, path)
        if file.name == "index.html":
            answers[path.removesuffix("index.html")] = answers[path]
    return answers


def _of_file(file: Path, path: str) -> Answer:
    kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
    fresh = "public, max-age=31536000, immutable" if path.startswith(_UNCHANGING) else "no-cache"
    status = HTTPStatus.NOT_FOUND if path == _NOT_FOUND else HTTPStatus.OK
    fields = {"Content-Type": kind, "Cache-Control": fresh}
    body = file.read_bytes()
    if file.suffix.lower() in _COMPRESSED:
        packed = file.with_name(f"{file.name}.gz")
        body = packed.read_bytes() if packed.is_file() else gzip.compress(body, 9, mtime=0)
        fields |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return _answer(status, fields, body)


def _moved(path: str) -> Answer:
    return _answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": path}, b"")


def _nothing() -> Answer:
    return _answer(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain; charset=utf-8"}, b"Not found\n")


def _answer(status: HTTPStatus, fields: dict[str, str], body: bytes) -> Answer:
    named = "".join(f"{name}: {value}\r\n" for name, value in {**fields, "Content-Length": str(len(body))}.items())
    return Answer(f"HTTP/1.1 {status.value} {status.phrase}\r\n{named}\r\n".encode("latin-1"), body)
