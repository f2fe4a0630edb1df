"""The project's folder in; the Manuscript out: everything read, checked and rendered once, nothing written yet.

Site, search index and PDFs are all made from a Manuscript, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.addresses import HOME, PRINT_FOLDER, SEARCH_FOLDER
from handbook.book import Handbook, read_handbook
from handbook.checks import rendered_text
from handbook.checks.rendered_text import Surroundings
from handbook.guides import Guide, read_guides
from handbook.lessons import Lesson
from handbook.markup import RenderedText, render
from handbook.markup.links import anchors, resolve_references, unlink
from handbook.markup.rendering import Renderer
from handbook.pictures import check_picture
from handbook.problems import Problems


@dataclass(frozen=True)
class Manuscript:
    handbook: Handbook
    guides: Mapping[str, Guide]
    texts: Mapping[str, RenderedText]
    """The rendered text of every lesson and guide, by id."""


def read_manuscript(
    root: Path, problems: Problems, advance: Callable[[int], None] = lambda total: None
) -> Manuscript | None:
    """Read, check and render all of `root`. Reports every problem it can find in one run; None when there are errors.

    `advance` is called once for each text rendered, with their number.
    """
    handbook = read_handbook(root, problems)
    guides = read_guides(root, problems)
    sources: list[Lesson | Guide] = [*(handbook.lessons.values() if handbook else ()), *guides.values()]
    renderer = Renderer()
    texts: dict[str, RenderedText] = {}
    for source in sources:
        text = render(source, renderer, problems)
        if text:
            resolve_references(text.body, source.id)
            for lost in unlink(text.body, handbook.hidden if handbook else frozenset()):
                problems.add(
                    "hidden-lesson",
                    source.file,
                    source.body_line + source.body.count("\n", 0, max(source.body.find(f"{Path(lost).name}.md"), 0)),
                    f"Bài “{lost}” đang ẩn nên liên kết đến bài ấy thành chữ thường.",
                    "Không cần làm gì; liên kết trở lại khi nhóm của bài được bật.",
                    severity="warning",
                )
            texts[source.id] = text
        advance(len(sources))
    files = {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*") if path.is_file()}
    # Pages without a source file, which only the site has: a text may link to them, but not into them.
    made: dict[str, set[str]] = {f"{folder}/{HOME}": set() for folder in (SEARCH_FOLDER, PRINT_FOLDER)}
    if handbook:
        made |= {f"{group.slug}/{HOME}": set() for group in handbook.groups}
    places = Surroundings(made | {page: set(anchors(text.body)) for page, text in texts.items()}, files)
    for source in sources:
        if source.id in texts:
            page = rendered_text.Page(source.id, source.file, source.body, source.body_line, texts[source.id].body)
            rendered_text.check(page, places, problems)
            for image in page.body.iter("img"):
                if (picture := image.get("src", "")) in files:
                    check_picture(root / "docs", picture, (page.file, page.line_of(Path(picture).name)), problems)
    if handbook is None or problems.errors:
        return None
    return Manuscript(handbook, guides, texts)
