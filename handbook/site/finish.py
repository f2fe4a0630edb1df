"""Pages as their templates made them in; the same pages with their styles inside, safe and small, out.

Two rounds, because what is in the pages decides which styles are shipped beside them (see styles.py).
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from handbook.site.assets import Assets
from handbook.site.small import small_css, small_html
from handbook.site.styles import names_in

_POLICY = (
    "default-src 'none'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "form-action 'self'",
    "base-uri 'none'",
)
"""Nothing from elsewhere. Pictures as data are what the search form's own icons in browsers may be."""


def finish_site(site: Path, assets: Assets) -> None:
    """Finish every page below `site`, and write the folder of scripts and styles that they name."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    names = {path: names_in(html) for path, html in pages.items()}
    folder, files = assets.files(list(names.values()))
    for path, html in pages.items():
        path.write_text(finish(html, names[path], assets, folder), encoding="utf-8")
    (site / folder).mkdir(parents=True)
    for name, content in files.items():
        (site / name).write_text(content, encoding="utf-8")


def finish(html: str, names: frozenset[str], assets: Assets, folder: str) -> str:
    """The whole page. `names` are those in it; `folder` holds the scripts, as an address below the site's root.

    The page's own `<style>`, if it has one in its head, goes behind the shared rules, in one element.
    """
    css = assets.styles.inline(names) + small_css("".join(_STYLE.findall(html)))
    html = _STYLE.sub("", html)
    html = _ROOT.sub(lambda root: f'{root[0]} data-scripts="{root[1]}{folder}"', html, count=1)
    html = small_html(html)
    policy = "; ".join(
        [*_POLICY, f"style-src 'self' {_hash(css)}", f"script-src 'self' 'wasm-unsafe-eval' {_hash(assets.early)}"]
    )
    head = (
        f'<meta http-equiv=content-security-policy content="{policy}"><meta name=referrer content=same-origin>'
        f"<style>{css}</style><script>{assets.early}</script>"
    )
    return _CHARSET.sub(lambda charset: charset[0] + head, html, count=1)


_ROOT = re.compile(r'<html [^>]*data-root="([^"]*)"')
_STYLE = re.compile(r"<style>(.*?)</style>", re.S)
_CHARSET = re.compile(r"<meta charset=[^>]*>")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
