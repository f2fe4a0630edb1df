"""The files of a lesson's pictures in; problems out for those that no browser or printer could show, or should."""

from __future__ import annotations

from pathlib import Path

from lxml import etree
from PIL import Image, UnidentifiedImageError

from handbook.problems import Problems

MOST_BYTES = {"photo": 1_000_000, "svg": 60_000}
"""The site shows photos as small copies, but the PDFs carry them as they are; a drawing is sent whole in any case."""

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")


def check_picture(docs: Path, source: str, shown_in: tuple[str, int], problems: Problems) -> None:
    """Read `docs/<source>` and report what is wrong with it at `shown_in`: the file and line that show it."""
    path = docs / source
    file, line = shown_in
    reason = _svg_fault(path) if path.suffix.lower() == ".svg" else _bitmap_fault(path)
    if reason:
        problems.add(
            "broken-picture",
            file,
            line,
            f"Hình docs/{source} không dùng được: {reason}.",
            "Lưu lại hình từ phần mềm vẽ với đúng loại tệp, hoặc thay hình khác.",
        )
        return
    most = MOST_BYTES["svg" if path.suffix.lower() == ".svg" else "photo"]
    if (weight := path.stat().st_size) > most:
        problems.add(
            "heavy-picture",
            file,
            line,
            f"Hình docs/{source} nặng {_kilobytes(weight)}, quá {_kilobytes(most)}.",
            "Cắt lấy phần cần xem rồi lưu rộng nhất 1.600 điểm ảnh; hình vẽ SVG thì bỏ bớt nét và hình chụp bên trong.",
        )


def _kilobytes(size: int) -> str:
    return f"{round(size / 1000):,} KB".replace(",", ".")


def _svg_fault(path: Path) -> str:
    try:
        root = etree.parse(path, _PARSER).getroot()
    except (etree.XMLSyntaxError, OSError):
        return "tệp SVG hỏng"
    if etree.QName(root).localname != "svg":
        return "tệp không chứa hình SVG"
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        return "hình SVG thiếu “viewBox” nên không biết tỉ lệ"
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in {"script", "foreignObject", "iframe", "handler"}:
            return f"hình SVG có <{name}>, có thể chạy mã"
        for attribute, value in element.attrib.items():
            if str(attribute).lower().startswith("on"):
                return f"hình SVG có “{attribute}”, có thể chạy mã"
            if attribute in _LINKS and not str(value).startswith(("#", "data:image/")):
                return f"hình SVG gọi tệp ngoài “{value}”"
    return ""


_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}


def _bitmap_fault(path: Path) -> str:
    try:
        with Image.open(path) as image:
            kind = image.format
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "tệp hình hỏng"
    if kind != _FORMATS.get(path.suffix.lower()):
        right = next((suffix for suffix, name in _FORMATS.items() if name == kind), "")
        return f"tệp là hình {kind} mà tên kết thúc bằng “{path.suffix}”" + f", phải là “{right}”" * bool(right)
    return ""
