"""Rendered lessons in; the Pagefind index under `pagefind/` out.

Pagefind folds the tones of Vietnamese and puts exact diacritics first, but leaves `đ` alone, because Unicode does not
decompose it. So the index gets `đ` as d + a combining stroke (vietnamese.for_index), the query too, and
`overrides/js/search.js` writes it back in what the reader sees.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any, cast

import cbor2
from lxml import etree
from pagefind.service import get_executable

from handbook.book import Handbook
from handbook.lessons import Lesson
from handbook.markup import RenderedText
from handbook.markup.glossary import terms_of
from handbook.markup.trees import words_of
from handbook.vietnamese import for_index

FOLDER = "pagefind"
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_NEEDED_ENDINGS = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")

_CHUNK_SIZE = 1000
"""How much of the index a word of a query brings along. Pagefind's own 20,000 suits English: with the few syllables of
Vietnamese, 68 lessons made two parts of 100 and 219 KB; so they make 30 of at most 32 KB. The name of the variable says
that Pagefind may drop it: a test looks at the sizes."""

# Pagefind's scale: 1 is body text, 10 the most.
_TITLE_WEIGHT = 10
_HEADING_WEIGHT = 3


def write_index(
    handbook: Handbook,
    texts: Mapping[str, RenderedText],
    site: Path,
    work: Path,
    advance: Callable[[int], None],
) -> None:
    """Index every lesson and write the files a browser needs to `site/pagefind/`; `work` is an empty folder to use.

    Runs Pagefind's program once on a folder of documents. Its Python service takes a tenth of a second for each
    document, and in 1.5.2 may stop before its last files are written (Pagefind issue 1271).
    """
    for lesson in handbook.lessons.values():
        document = work / lesson.id / "index.html"
        document.parent.mkdir(parents=True)
        document.write_text(search_document(lesson, handbook, texts[lesson.id].body), encoding="utf-8")
        advance(len(handbook.lessons))
    program = get_executable()
    if program is None:
        raise SearchError("thiếu chương trình pagefind; chạy lại “make”")
    output = site / FOLDER
    command = [str(program), "--site", str(work), "--output-path", str(output), "--force-language", "vi", "--quiet"]
    environment = {**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_CHUNK_SIZE)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=work, env=environment)
    if done.returncode or not (output / "pagefind-entry.json").exists():
        raise SearchError(" ".join((done.stderr or done.stdout).split()))
    _drop_unused(output)
    _put_in_order(output)


class SearchError(Exception):
    """The index could not be made; the message says why."""


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
        "aliases": ", ".join(handbook.curriculum.names_of(terms_of(body))),
        "group": groups[0].short_title,
        "minutes": str(declared.minutes),
    }
    meta = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(text)}">' for name, text in metadata.items()
    )
    filters = "".join(f'<meta data-pagefind-filter="nhom[content]" content="{group.slug}">' for group in groups)
    words = deepcopy(body)
    # The words on a drawn screen, one after another, are no sentence; its caption says what to do there.
    etree.strip_elements(words, "svg", with_tail=False)
    text = "".join(_searchable(words))
    return for_index(
        f'<!doctype html><html lang="vi"><head><title>{escape(declared.title)}</title></head>'
        f"<body><main data-pagefind-body>{meta}{filters}"
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
        words = escape(words_of(element).replace("\u21a9", ""))  # without the arrow back from a footnote
        if element.tag in {"h2", "h3", "h4"}:
            anchor = escape(element.get("id", ""))
            yield f'<{element.tag} id="{anchor}" data-pagefind-weight="{_HEADING_WEIGHT}">{words}</{element.tag}>'
        elif element.tag in {"p", "li", "td", "th", "dt", "dd", "figcaption", "summary", "pre"}:
            if words:
                yield f"<p>{words}</p>"
        else:
            continue
        skipped.add(element)


def _drop_unused(folder: Path) -> None:
    """Keep what a browser needs of Pagefind's bundle; its own widgets are never loaded."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in _NEEDED and not path.name.endswith(_NEEDED_ENDINGS):
            path.unlink()


def _put_in_order(folder: Path) -> None:
    """Write Pagefind's filters with their values sorted, so that the same lessons give the same bytes.

    Pagefind 1.5 writes them in the order of a randomly seeded hash table. The files are CBOR behind a magic word,
    named by their content: entry → meta → filters, so the names above a changed file change too.
    """
    entry = folder / "pagefind-entry.json"
    content = cast(dict[str, Any], json.loads(entry.read_text(encoding="utf-8")))
    for language in content["languages"].values():
        meta_file = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _read_cbor(meta_file)
        for named in meta[_META_FILTERS]:
            old = folder / "filter" / f"{named[1]}.pf_filter"
            name, values = _read_cbor(old)
            named[1] = _write_cbor(old, [name, sorted(values)], "filter/{}.pf_filter", folder)
        meta[_META_FILTERS].sort()
        language["hash"] = _write_cbor(meta_file, meta, "pagefind.{}.pf_meta", folder)
    entry.write_text(json.dumps(content, sort_keys=True), encoding="utf-8")


_MAGIC = b"pagefind_dcd"
_META_FILTERS = 3  # place of the list of filters in a meta file: [version, pages, chunks, filters, sorts, fields]


def _read_cbor(path: Path) -> list[Any]:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_MAGIC):
        raise ValueError(f"{path.name} is not in the form of Pagefind 1.5")
    return cast(list[Any], cbor2.loads(data.removeprefix(_MAGIC)))


def _write_cbor(old: Path, data: list[Any], name: str, folder: Path) -> str:
    """Replace `old` by a file with `data`, named by its content; returns the part of the name that is the hash."""
    encoded = _MAGIC + cbor2.dumps(data)
    digest = f"vi_{hashlib.sha256(encoded).hexdigest()[:10]}"
    old.unlink()
    (folder / name.format(digest)).write_bytes(gzip.compress(encoded, mtime=0))
    return digest
