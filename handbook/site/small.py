"""Pages, styles and scripts in; the same without what only people who write them need out."""

from __future__ import annotations

import minify

# An omitted `</p>` in an element of our own would leave that element open to the end of the page.
minify.config({"html-keep-end-tags": True})

NotMinifiableError = minify.MinifyError
"""What is no stylesheet or script at all; the message says why."""


def small_html(html: str) -> str:
    return str(minify.string("text/html", html))


def small_css(css: str) -> str:
    """Raises NotMinifiableError."""
    return str(minify.string("text/css", css)) if css else ""


def small_script(script: str) -> str:
    """Raises NotMinifiableError."""
    return str(minify.string("application/javascript", script))
