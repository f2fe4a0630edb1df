"""An address in; a QR code that leads there out, as a small SVG for paper and for the screen."""

from __future__ import annotations

import re

import zxingcpp

QUIET_ZONE = 4
"""Modules of white that ISO/IEC 18004 asks for around a code; paper is white already."""


def qr_code(url: str, margin: int = 0) -> bytes:
    """A QR code of medium correction as SVG, one unit a module.

    With a margin of so many modules it is drawn on white, whatever the page behind it is like.
    """
    code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = _MODULES.search(code.to_svg(scale=1, add_quiet_zones=False))
    assert drawn, "zxing-cpp draws its modules as one path"
    size, path = int(drawn["size"]), drawn["path"]
    if not margin:
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'.encode()
    whole = size + 2 * margin
    box = f"{-margin} {-margin} {whole} {whole}"
    # Sharp edges: a blurred module is what a weak camera fails at.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M{-margin} {-margin}h{whole}v{whole}h{-whole}z"/><path d="{path}"/></svg>'
    ).encode()


_MODULES = re.compile(r'<svg width="(?P<size>\d+)".*<path d="(?P<path>[^"]+)"', re.S)
