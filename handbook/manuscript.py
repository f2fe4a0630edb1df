"""The project's folder in; the Manuscript out: everything read, checked and rendered once, nothing written yet.

Site, search index and PDFs are all made from a Manuscript, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.addresses import (
    COURSES_FOLDER,
    FRAMEWORK_FOLDER,
    GLOSSARY_FOLDER,
    HOME,
    PRINT_FOLDER,
    SEARCH_FOLDER,
    course_page,
)
from handbook.book import Handbook, HandbookFiles, read_files
from handbook.checks import rendered_text
from handbook.checks.editorial import Vocabulary, check_audience, check_lesson, check_shared
from handbook.checks.files import check_files
from handbook.checks.page import Page, Surroundings
from handbook.coverage_table import check_coverage_table
from handbook.curriculum import CurriculumFiles
from handbook.guides import Guide, guide_files, read_guides
from handbook.house_rules import read_house_rules, without_exceptions
from handbook.lessons import Lesson, LessonText
from handbook.markup import RenderedText, render
from handbook.markup.glossary import Term
from handbook.markup.links import LESSON_SCHEME, anchors, resolve_references, unlink
from handbook.markup.rendering import Renderer
from handbook.pictures import check_picture
from handbook.problems import Problems

_GLOSSARY_PAGE = f"{GLOSSARY_FOLDER}/{HOME}"


@dataclass(frozen=True)
class Manuscript:
    handbook: Handbook
    guides: Mapping[str, Guide]
    texts: Mapping[str, RenderedText]
    """The rendered text of every lesson and guide, by id."""


def read_manuscript(
    root: Path, problems: Problems, advance: Callable[[int], None] = lambda total: None, *, advise: bool = False
) -> Manuscript | None:
    """Read, check and render all of `root`. Reports every problem it can find in one run; None when there are errors.

    `advance` is called once for each text rendered, with their number. `advise`: warn, too, of how lessons read.
    """
    files = read_files(root, problems)
    guides = read_guides(root, problems)
    pages = _render(files, guides, problems, advance)
    in_docs = {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*") if path.is_file()}
    surroundings = Surroundings(_anchors(files, guide_files(root), pages), in_docs)
    for page, _ in pages.values():
        rendered_text.check(page, surroundings, problems)
    _check_files(root, in_docs, files, guides, pages, problems)
    if advise:
        _advise(root, files, pages, problems)
    handbook = files.handbook
    if handbook is None or problems.errors:
        return None
    texts = {name: text for name, (_, text) in pages.items() if name not in handbook.hidden}
    return Manuscript(handbook, guides, texts)


_Rendered = Mapping[str, tuple[Page, RenderedText]]
"""Every text that could be rendered, of hidden lessons too, by id."""


def _render(
    files: HandbookFiles, guides: Mapping[str, Guide], problems: Problems, advance: Callable[[int], None]
) -> _Rendered:
    sources: list[LessonText | Guide] = [*files.texts.values(), *guides.values()]
    renderer = _renderer(files.curriculum)
    # The page of a group that is turned off is as hidden as its lessons.
    off = {f"{group.slug}/{HOME}" for group in files.curriculum.groups if not group.active}
    hidden = files.hidden | off
    pages = {}
    for source in sources:
        text = render(source, renderer, problems)
        advance(len(sources))
        if text is None:
            continue
        resolve_references(text.body, source.id)
        is_lesson = isinstance(source, LessonText)
        page = Page(source.id, source.file, source.body, source.body_line, text.body, is_lesson)
        pages[source.id] = page, text
        for lost in unlink(text.body, hidden if source.id not in hidden else frozenset()):
            problems.add(
                "hidden-lesson",
                source.file,
                page.line_of(f"{Path(lost).name}.md"),
                f"Bài “{lost}” đang ẩn nên liên kết đến bài ấy thành chữ thường.",
                "Không cần làm gì; liên kết trở lại khi nhóm của bài được bật.",
                severity="warning",
            )
    return pages


def _renderer(curriculum: CurriculumFiles) -> Renderer:
    """The renderer knows the names of the groups and the terms to explain. A group with a broken file has its slug."""
    names = {slug: slug for slug in curriculum.slugs} | {group.slug: group.short_title for group in curriculum.groups}
    return Renderer(names, _terms(curriculum))


def _terms(curriculum: CurriculumFiles) -> list[Term]:
    page = f"{LESSON_SCHEME}{_GLOSSARY_PAGE}"
    entries = curriculum.glossary or ()
    return [Term(entry.id, entry.names, entry.explanation, f"{page}#{entry.id}") for entry in entries]


def _advise(root: Path, files: HandbookFiles, pages: _Rendered, problems: Problems) -> None:
    """How the lessons read, less what the editors excuse."""
    source, rules = read_house_rules(root, problems)
    lessons = {name: text for name, text in files.texts.items() if isinstance(text, Lesson) and name in pages}
    apps = {app for lesson in lessons.values() for app in lesson.front_matter.apps}
    known = {word.casefold() for name in [*rules.known_words, *apps] for word in [name, *name.split()]}
    vocabulary = Vocabulary(_terms(files.curriculum), known)
    framework = files.curriculum.framework
    guarded = {item.id for item in framework.competences.values() if item.guarded} if framework else set()
    found = Problems()
    for name, lesson in lessons.items():
        declared = lesson.front_matter
        is_guarded = not guarded.isdisjoint(declared.competences)
        check_lesson(pages[name][0], declared.minutes, is_guarded, vocabulary, found)
        on_path = {group.slug for group in files.curriculum.groups if name in group.lesson_ids}
        check_audience(pages[name][0], on_path, found)
    check_shared({name: pages[name][0] for name in lessons}, found)
    if files.handbook:
        check_coverage_table(root, files.handbook, found)
    without_exceptions(found, source, rules, problems)


def _anchors(files: HandbookFiles, guides: Iterable[str], pages: _Rendered) -> dict[str, set[str] | None]:
    """The pages a text may link to, and into which places of each; None where the page's text is not known."""
    # Pages without a source file, which only the site has: a text may link to them, but not into them.
    folders = (SEARCH_FOLDER, PRINT_FOLDER, COURSES_FOLDER, FRAMEWORK_FOLDER, *files.curriculum.slugs)
    courses = files.curriculum.courses or ()
    made = {*(f"{folder}/{HOME}" for folder in folders), *(course_page(course.slug) for course in courses)}
    glossary = files.curriculum.glossary
    found: dict[str, set[str] | None] = dict.fromkeys([*files.lesson_ids, *guides])
    found |= {page: set() for page in made}
    found[_GLOSSARY_PAGE] = None if glossary is None else {entry.id for entry in glossary}
    return found | {name: set(anchors(page.body)) for name, (page, _) in pages.items()}


def _check_files(
    root: Path,
    in_docs: set[str],
    files: HandbookFiles,
    guides: Mapping[str, Guide],
    pages: _Rendered,
    problems: Problems,
) -> None:
    """Every picture shown is one, and every file is read by somebody."""
    shown: set[str] = set()
    for page, _ in pages.values():
        for image in page.body.iter("img"):
            if (picture := image.get("src", "")) in in_docs:
                shown.add(picture)
                check_picture(root / "docs", picture, (page.file, page.line_of(Path(picture).name)), problems)
    # A text that could not be rendered may show any picture.
    all_read = files.lesson_ids | set(guide_files(root)) == pages.keys()
    check_files(in_docs, shown if all_read else None, problems)
