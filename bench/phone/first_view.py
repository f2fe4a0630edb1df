"""A page and what it asked for in; the bytes before its first paint, the rest of its first view, and later ones out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html as pages

from bench.phone.lighthouse import Asked

_LIGHTHOUSE_ASKS = ("/robots.txt", "/llms.txt", ".map")
"""How the paths end that Lighthouse fetches for itself."""


@dataclass(frozen=True)
class FirstView:
    """Bytes without headers: `blocking` the first paint, the `rest` that loads at once, and `later` ones.

    Later are pictures that wait until they are near, and what a service worker puts by for a day without network.
    """

    blocking: int
    rest: int
    later: int
    kinds: dict[str, int]
    """The first view's bytes, by what they are."""
    files: dict[str, int]
    """The first view's bytes, by path."""
    foreign: tuple[str, ...] = ()
    """Addresses asked of any other host."""

    @property
    def all(self) -> int:
        return self.blocking + self.rest


def first_view(
    page: str, markup: str, loaded: Sequence[Asked], sent: Iterable[str], weigh: Callable[[str], int]
) -> FirstView:
    """`page` is the page's address and `markup` its HTML; `sent` are the paths its host sent since the start.

    `weigh` tells how many bytes the host sends for a path.
    """
    host = urlsplit(page).netloc
    here = [request for request in loaded if urlsplit(request.address).netloc == host]
    blockers = blocking_paths(page, markup)
    kinds: Counter[str] = Counter()
    files: Counter[str] = Counter()
    sent = list(sent)
    for request in here:
        path = path_of(request.address)
        if path not in sent:
            continue  # only asked how large it is
        kinds[request.kind] += weigh(path)
        files[path] += weigh(path)
    after = Counter(path for path in sent if not path.endswith(_LIGHTHOUSE_ASKS))
    after.subtract(path_of(request.address) for request in here)
    later = sum(weigh(path) * times for path, times in after.items() if times > 0)
    foreign = tuple(sorted({request.address for request in loaded} - {request.address for request in here}))
    blocking = sum(size for path, size in files.items() if path in blockers)
    return FirstView(blocking, files.total() - blocking, later, dict(kinds), dict(files), foreign)


def blocking_paths(page: str, markup: str) -> set[str]:
    """The paths of the page itself and of all that a browser waits for before it paints.

    Those are stylesheets for a screen, and scripts that are neither modules, nor put off, nor behind everything else.
    """
    tree = pages.document_fromstring(markup)
    waited = {page}
    for link in tree.iter("link"):
        relations = link.get("rel", "").lower().split()
        on_screen = link.get("media", "all").strip().lower() not in ("print", "not all")
        if "stylesheet" in relations and "alternate" not in relations and on_screen and link.get("href"):
            waited.add(urljoin(page, link.get("href")))
    for script in tree.iter("script"):
        put_off = (
            script.get("type", "").lower() == "module"
            or "async" in script.attrib
            or "defer" in script.attrib
            or not script.xpath("following::*[not(self::script)]")
        )
        if script.get("src") and (not put_off or "render" in script.get("blocking", "").split()):
            waited.add(urljoin(page, script.get("src")))
    return {path_of(address) for address in waited}


def path_of(address: str) -> str:
    """The path at a host, as the host knows it."""
    return unquote(urlsplit(address).path)
