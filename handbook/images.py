"""The picture files of lessons in; what a page shows of them out: small files, in two widths, with their measures.

Photos and screenshots become WebP, no wider than a phone or a desktop column can show; drawings (SVG) stay as they are.
Print takes the files as the editor made them.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from lxml import etree
from PIL import Image, ImageOps, ImageSequence

_WIDTHS = (720, 1440)
"""Pixels: a phone's column twice as dense, and a desktop's."""

_QUALITY = 80
"""Of WebP: words in a screenshot stay sharp."""


@dataclass(frozen=True)
class ShownImage:
    """Width and height in CSS pixels; `files` leads from each file's address below the site to its width in pixels."""

    width: int
    height: int
    files: Mapping[str, int]


@dataclass
class ImageShelf:
    """Makes each picture ready once; `made` has the content of every file that is not in `docs/` as it is."""

    docs: Path
    made: dict[str, bytes] = field(default_factory=dict)
    _shown: dict[str, ShownImage] = field(default_factory=dict)

    def show(self, source: str) -> ShownImage:
        """`source` is a picture below `docs/` that `check` has found whole."""
        if source not in self._shown:
            drawn = source.lower().endswith(".svg")
            self._shown[source] = self._drawing(source) if drawn else self._photo(source)
        return self._shown[source]

    def show_in(self, image: etree._Element, root: str) -> None:
        """Name the files that the `<img>` of a picture can choose from, and the room to keep for it.

        `root` leads from the page to the root of the site, or is the address of that root.
        """
        shown = self.show(image.get("src", ""))
        addresses = {root + quote(file): width for file, width in shown.files.items()}
        image.set("src", next(iter(addresses)))
        if len(addresses) > 1:
            image.set("srcset", ", ".join(f"{address} {width}w" for address, width in addresses.items()))
            image.set("sizes", "(min-width: 44rem) 42rem, 95vw")
        width, height = shown.width, shown.height
        if wanted := image.get("width") or image.get("height"):
            scale = int(wanted) / (width if image.get("width") else height)
            width, height = round(width * scale), round(height * scale)
        image.set("width", str(width))
        image.set("height", image.get("height") or str(height))

    @property
    def replaced(self) -> frozenset[str]:
        """The pictures that the site shows in another form."""
        return frozenset(source for source, image in self._shown.items() if source not in image.files)

    def _drawing(self, source: str) -> ShownImage:
        root = etree.parse(self.docs / source).getroot()
        box = root.get("viewBox", "").replace(",", " ").split()
        width, height = map(_pixels, box[2:4] if len(box) == 4 else (root.get("width"), root.get("height")))
        return ShownImage(width, height, {source: width})

    def _photo(self, source: str) -> ShownImage:
        with Image.open(self.docs / source) as photo:
            upright: Image.Image = photo
            if getattr(photo, "is_animated", False):
                contents = {photo.width: _moving(photo)}
            else:
                upright = ImageOps.exif_transpose(photo)
                widths = sorted({min(width, upright.width) for width in _WIDTHS})
                contents = {width: _webp(upright, width) for width in widths}
            files = {_name(source, content): width for width, content in contents.items()}
            self.made.update(zip(files, contents.values(), strict=True))
            return ShownImage(upright.width, upright.height, files)


def _pixels(length: str | None) -> int:
    return max(1, round(float("".join(sign for sign in length or "" if sign.isdigit() or sign == ".") or 1)))


def _webp(photo: Image.Image, width: int) -> bytes:
    kept = photo if photo.mode in {"RGB", "RGBA"} else photo.convert("RGBA" if "transparency" in photo.info else "RGB")
    if width < kept.width:
        kept = kept.resize((width, round(kept.height * width / kept.width)), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    kept.save(written, "WEBP", quality=_QUALITY, method=6)
    return written.getvalue()


def _moving(photo: Image.Image) -> bytes:
    written = io.BytesIO()
    frames = [frame.convert("RGBA") for frame in ImageSequence.Iterator(photo)]
    frames[0].save(
        written,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=photo.info.get("duration", 100),
        loop=photo.info.get("loop", 0),
        quality=_QUALITY,
    )
    return written.getvalue()


def _name(source: str, content: bytes) -> str:
    path = PurePosixPath(source)
    return str(path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}.webp"))
