"""The finished site in; beside each of its texts the same compressed out, for hosts that send such files as they are.

nginx (`gzip_static`, `brotli_static`), Caddy (`precompressed`) and their like do. A host that does not, loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import brotli
import deflate

_TEXTS = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"})
_WORTH_IT = 1000
"""Bytes: a smaller file fits into one packet as it is."""

_GZIP_LEVEL = 10
"""Of libdeflate's 12: 2.5 % smaller than zlib's best, in the same time; 12 saves 0.1 % more for twice the time."""

_BROTLI_QUALITY = 8
"""Of 11. The next one takes nine times as long for 0.1 % (29 pages of this handbook, brotli 1.2.1)."""


def do_compress(site: Path, tell: Callable[[object], None]) -> None:
    """Write a `.gz` and a `.br` beside every text below `site` that has none. What a process of the build runs."""
    texts = [path for path in sorted(site.rglob("*")) if path.suffix in _TEXTS and path.is_file()]
    for path in texts:
        content = path.read_bytes()
        if len(content) < _WORTH_IT:
            continue
        for ending, compressed in (
            (".gz", bytes(deflate.gzip_compress(content, _GZIP_LEVEL))),
            (".br", brotli.compress(content, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)),
        ):
            twin = path.with_name(path.name + ending)
            if len(compressed) < len(content) and not twin.exists():
                twin.write_bytes(compressed)
