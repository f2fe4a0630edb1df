"""A finished site in; what lets it stay when the network goes out: `sw.js`, and a list for each group to be saved.

Three promises that the phone's side (overrides/sw.js, overrides/js/saving.js) relies on:

- A picture's address bears a hash of its content (`hinh/a.svg?1a2b3c4d`), and scripts stand in a folder named by
  theirs, so a page that was kept and what it loads always belong together, whatever the site has become since.
- A page ends with a comment that names what it loads, addresses below the site's root. It is the last thing to arrive:
  a page without it is cut off, or somebody else's (the log-in page of a Wi-Fi), and is not kept.
- What is saved on purpose is compared with its hash: half a file, or another one, is never taken for it.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from handbook.addresses import (
    MANIFEST,
    OFFLINE_FOLDER,
    SAVING_FOLDER,
    SEARCH_FOLDER,
    SETTINGS_FOLDER,
    group_book_path,
    page_url,
)
from handbook.book import Handbook
from handbook.curriculum import Group
from handbook.lessons import Lesson
from handbook.manuscript import Manuscript
from handbook.markup.glossary import terms_of

WORKER = "sw.js"
"""Below the site's root, and below `overrides/` as the template it is made from."""

_ALWAYS = ("", f"{OFFLINE_FOLDER}/")
_WHERE_LIGHT = (f"{SEARCH_FOLDER}/", f"{SETTINGS_FOLDER}/", MANIFEST)
"""Kept on every phone, where they exist and are light: the page of all lessons grows with the handbook."""

_LIGHT = 64_000
"""Bytes."""

_OTHER_FORMS = frozenset({".html", ".json", ".gz", ".br", ".pdf"})
"""What stands beside a lesson but is not shown by it."""


@dataclass(frozen=True)
class KeptFile:
    """A file as a phone asks for it. `url` is relative to the site's root; `hash` begins the SHA-256 of its content."""

    url: str
    bytes: int
    hash: str


@dataclass(frozen=True)
class _Page:
    """A page as it stands in the site, and the addresses that it loads; a folder of scripts ends with a slash."""

    file: KeptFile
    needs: tuple[str, ...]


def write_offline(site: Path, manuscript: Manuscript, template: Path) -> None:
    """Give the pages of `site` their endings, and write `sw.js` from `template` and the groups' lists.

    Comes after everything that changes a page or what it loads.
    """
    files = _Files(site)
    pages = {page.file.url: page for page in _finish_pages(site, files)}
    _write_worker(site, template, pages, files)
    (site / SAVING_FOLDER).mkdir()
    for group in manuscript.handbook.groups:
        content = _to_be_saved(group, manuscript, pages, files)
        (site / SAVING_FOLDER / f"{group.slug}.json").write_text(
            json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )


class _Files:
    """What stands below the site, looked at once each."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._known: dict[str, KeptFile | None] = {}

    def get(self, url: str) -> KeptFile | None:
        """The file at an address (a `?hash` behind it does not matter), or None."""
        if url not in self._known:
            name = unquote(url.partition("?")[0])
            path = self._site / (f"{name}index.html" if not name or name.endswith("/") else name)
            self._known[url] = _kept_file(url, path.read_bytes()) if path.is_file() else None
        return self._known[url]

    def folder(self, url: str) -> list[KeptFile]:
        """All files below a folder."""
        paths = sorted(path for path in (self._site / url).rglob("*") if path.is_file())
        return [file for path in paths if (file := self.get(quote(path.relative_to(self._site).as_posix())))]

    def beside(self, url: str) -> list[KeptFile]:
        """What stands in a page's own folder to be loaded later, by a script or when the reader opens something."""
        paths = sorted(path for path in (self._site / url).iterdir() if path.is_file())
        return [
            file for path in paths if path.suffix not in _OTHER_FORMS and (file := self.get(url + quote(path.name)))
        ]


def _kept_file(url: str, content: bytes) -> KeptFile:
    return KeptFile(url, len(content), hashlib.sha256(content).hexdigest()[:16])


def _finish_pages(site: Path, files: _Files) -> Iterator[_Page]:
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        url = "" if folder == "." else f"{quote(folder)}/"
        html, needs = with_lasting_addresses(path.read_text(encoding="utf-8"), url, files.get)
        content = f"{html.rstrip()}\n<!--handbook {' '.join(needs)}-->\n".encode()
        path.write_bytes(content)
        yield _Page(_kept_file(url, content), needs)


def with_lasting_addresses(html: str, url: str, find: Callable[[str], KeptFile | None]) -> tuple[str, tuple[str, ...]]:
    """(the page with a hash in the address of everything it loads, those addresses below the site's root).

    What `find` does not know is left alone: paper examples are drawn by another process at the same time.
    """
    needs: dict[str, None] = {}

    def lasting(value: str) -> str:
        address, _, part = value.partition("#")
        if not address or _ELSEWHERE.match(address):
            return value
        below = posixpath.normpath(posixpath.join(url, address))
        if below.startswith(".."):
            return value
        if scripts := _SCRIPTS.match(below):
            needs[f"{scripts[1]}/"] = None
            return value
        file = find(below)
        if not file:
            return value
        mark = "" if (named := _HASH.search(below)) and file.hash.startswith(named[1][:16]) else f"?{file.hash[:8]}"
        needs[below + mark] = None
        return f"{address}{mark}{'#' if part else ''}{part}"

    def loading(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        if name == "link" and not _LOADED.search(tag[0]):
            return tag[0]
        return _ADDRESS.sub(lambda found: f"{found[1]}{found[2]}{lasting(found[3])}", tag[0])

    return _LOADING.sub(loading, html), tuple(needs)


_ELSEWHERE = re.compile(r"/|[a-z][a-z0-9+.-]*:", re.I)
_LOADING = re.compile(r"""<(img|script|source|link|image|use|html)\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I)
_LOADED = re.compile(r"""\srel=["']?(?:icon|stylesheet|modulepreload)\b""", re.I)
_ADDRESS = re.compile(r"""(\s(?:src|href|data-scripts)=)(["']?)([^"'\s>]+)""", re.I)
_SCRIPTS = re.compile(r"(assets/[0-9a-f]{8,})(?:/|$)")
_HASH = re.compile(r"[._-]([0-9a-f]{8,64})\.\w+$")


def _write_worker(site: Path, template: Path, pages: Mapping[str, _Page], files: _Files) -> None:
    always = [pages[url] for url in _ALWAYS]
    light = [pages[url] for url in _WHERE_LIGHT if url in pages and pages[url].file.bytes <= _LIGHT]
    others = [file for url in _WHERE_LIGHT if url not in pages and (file := files.get(url)) and not url.endswith("/")]
    kept = _together([*always, *light], files)
    core = [[file.url, file.hash] for file in [*kept, *others]]
    program = template.read_text(encoding="utf-8")
    scripts = next(need for need in always[0].needs if need.endswith("/"))
    version = hashlib.sha256(f"{program}{core}".encode()).hexdigest()[:10]
    build = json.dumps({"version": version, "scripts": scripts, "core": core}, separators=(",", ":"))
    (site / WORKER).write_text(program.replace("__BUILD__", build), encoding="utf-8")


def _together(pages: Iterable[_Page], files: _Files) -> list[KeptFile]:
    """Pages, each followed by what it loads, everything once; scripts first, because every page needs them."""
    first: dict[str, KeptFile] = {}
    rest: dict[str, KeptFile] = {}
    for page in pages:
        rest[page.file.url] = page.file
        for need in page.needs:
            if need.endswith("/"):
                first.update((file.url, file) for file in files.folder(need))
            elif file := files.get(need):
                rest[need] = file
    return [*first.values(), *rest.values()]


def _to_be_saved(group: Group, manuscript: Manuscript, pages: Mapping[str, _Page], files: _Files) -> dict[str, Any]:
    """The list of one group, as overrides/js/saving.js reads it."""
    handbook = manuscript.handbook
    lessons = [handbook.lessons[lesson] for lesson in group.lesson_ids]
    shown = [pages[page_url(page)] for page in (group.slug, *group.lesson_ids)]
    listed = {file.url: file for file in _together(shown, files)}
    plain = {url.partition("?")[0] for url in listed}
    for lesson in lessons:
        listed.update((file.url, file) for file in files.beside(page_url(lesson.id)) if file.url not in plain)
    content = [{"url": file.url, "bytes": file.bytes, "hash": file.hash} for file in listed.values()]
    return {
        "version": hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16],
        "group": group.slug,
        "title": group.title,
        "bytes": sum(file.bytes for file in listed.values()),
        "lessons": [_findable(lesson, handbook, manuscript) for lesson in lessons],
        "files": content,
        "pdf": group_book_path(group.slug),
    }


def _findable(lesson: Lesson, handbook: Handbook, manuscript: Manuscript) -> dict[str, Any]:
    """What a search without a network knows of a lesson beside its page: the words that stand only in the index."""
    declared = lesson.front_matter
    aliases = handbook.curriculum.names_of(terms_of(manuscript.texts[lesson.id].body))
    return {
        "url": page_url(lesson.id),
        "title": declared.title,
        "minutes": declared.minutes,
        "group": handbook.paths_of[lesson.id][0].short_title,
        "words": ", ".join([*declared.keywords, *declared.apps]),
        "aliases": ", ".join(dict.fromkeys(aliases)),
    }
