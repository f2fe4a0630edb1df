"""A lesson's Markdown in; its rendered tree out. Knows nothing of MkDocs or Typst.

`render` runs Python-Markdown once and gives an element tree in a small vocabulary. The site, the search index and
every PDF are made from that one tree.
"""

from handbook.markup.rendering import RenderedText, render

__all__ = ["RenderedText", "render"]
