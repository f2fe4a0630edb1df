"""Rendered lessons in; the Pagefind index under `pagefind/` out.

Pagefind folds the tones of Vietnamese and puts exact diacritics first, but leaves `đ` alone, because Unicode does not
decompose it. So the index gets `đ` as d + a combining stroke (vietnamese.for_index), the query too, and
`overrides/js/search.js` writes it back in what the reader sees.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, cast

from lxml import etree
from pagefind.index import IndexConfig, PagefindIndex

from handbook.book import Handbook
from handbook.lessons import Lesson
from handbook.markup import RenderedText
from handbook.vietnamese import for_index

FOLDER = "pagefind"
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_NEEDED_ENDINGS = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")

# Pagefind's scale: 1 is body text, 10 the most.
_TITLE_WEIGHT = 10
_HEADING_WEIGHT = 3


def write_index(
    handbook: Handbook, texts: Mapping[str, RenderedText], site: Path, advance: Callable[[int], None]
) -> None:
    """Index every lesson and write the files a browser needs to `site/pagefind/`."""
    asyncio.run(_write_index(handbook, texts, site, advance))
    _make_reproducible(site / FOLDER)


async def _write_index(
    handbook: Handbook, texts: Mapping[str, RenderedText], site: Path, advance: Callable[[int], None]
) -> None:
    config = IndexConfig(output_path=str(site / FOLDER), force_language="vi")
    async with PagefindIndex(config=config) as index:
        for lesson in handbook.lessons.values():
            document = search_document(lesson, handbook, texts[lesson.id].body)
            await index.add_html_file(content=document, url=f"{lesson.id}/")
            advance(len(handbook.lessons))


def search_document(lesson: Lesson, handbook: Handbook, body: etree._Element) -> str:
    """The page Pagefind reads: the words of the lesson with their weights, in index form.

    Title, keywords and apps are metadata, which Pagefind searches and weighs but keeps out of excerpts.
    """
    declared = lesson.front_matter
    groups = handbook.paths_of[lesson.id]
    metadata = {
        "title": declared.title,
        "keywords": ", ".join(declared.keywords),
        "apps": ", ".join(declared.apps),
        "group": groups[0].short_title,
        "minutes": str(declared.minutes),
    }
    meta = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(text)}">' for name, text in metadata.items()
    )
    filters = "".join(f'<meta data-pagefind-filter="nhom[content]" content="{group.slug}">' for group in groups)
    text = "".join(_searchable(body))
    return for_index(
        f'<!doctype html><html lang="vi"><head><title>{escape(declared.title)}</title></head>'
        f'<body><main data-pagefind-body>{meta}{filters}'
        f'<h1 data-pagefind-weight="{_TITLE_WEIGHT}">{escape(declared.title)}</h1>'
        f"<p>{escape(declared.description)}</p>{text}</main></body></html>"
    )


def _searchable(body: etree._Element) -> Iterator[str]:
    """The text of a lesson as plain headings and paragraphs. Headings keep their anchors: results point to them."""
    skipped: set[Any] = set()
    for element in body.iter(etree.Element):
        if element in skipped or element.getparent() in skipped:
            skipped.add(element)
            continue
        words = " ".join("".join(element.itertext()).split())
        if element.tag in {"h2", "h3", "h4"}:
            yield f'<{element.tag} id="{escape(element.get("id", ""))}" data-pagefind-weight="{_HEADING_WEIGHT}">{escape(words)}</{element.tag}>'
        elif element.tag in {"p", "li", "td", "th", "dt", "dd", "figcaption", "summary", "pre"}:
            if words:
                yield f"<p>{escape(words)}</p>"
        else:
            continue
        skipped.add(element)


def _make_reproducible(folder: Path) -> None:
    """Keep what a browser needs of Pagefind's bundle; its own widgets are never loaded."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in _NEEDED and not path.name.endswith(_NEEDED_ENDINGS):
            path.unlink()
    entry = folder / "pagefind-entry.json"
    content = cast(dict[str, Any], json.loads(entry.read_text(encoding="utf-8")))
    entry.write_text(json.dumps(content, sort_keys=True), encoding="utf-8")
