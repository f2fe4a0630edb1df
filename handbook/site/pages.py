"""The manuscript in; out come the pages of the site: where each is, which template draws it and what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from handbook.addresses import (
    COURSES_FOLDER,
    EXAMPLES_FOLDER,
    FRAMEWORK_FOLDER,
    GLOSSARY_FOLDER,
    HOME,
    OFFLINE_FOLDER,
    PATH_ANCHOR,
    PRINT_FOLDER,
    SEARCH_FOLDER,
    SETTINGS_FOLDER,
    SOURCES,
    WHOLE_BOOK,
    course_page,
    course_path,
    form_path,
    group_book_path,
    handout_path,
    page_url,
)
from handbook.book import Handbook
from handbook.courses import Course, Session
from handbook.coverage import MARKS
from handbook.curriculum import Group
from handbook.guides import Guide
from handbook.lessons import Lesson
from handbook.manuscript import Manuscript
from handbook.markup.glossary import terms_of
from handbook.site.drawings import DrawingsFile
from handbook.site.html import Pictures, lesson_html, text_html


@dataclass(frozen=True)
class Card:
    """A lesson as others point to it. `url` is relative to the site's root."""

    id: str
    title: str
    description: str
    minutes: int
    url: str


@dataclass(frozen=True)
class StageView:
    title: str
    goal: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class PathView:
    """A lesson's place on one group's path."""

    group: Group
    group_url: str
    stages: tuple[StageView, ...]
    position: int
    total: int
    previous: Card | None
    next: Card | None
    is_default: bool


@dataclass(frozen=True)
class SitePage:
    """One page: `uri` is its Markdown path below `docs/`, which MkDocs turns into an address."""

    uri: str
    template: str
    title: str
    description: str
    view: Mapping[str, Any] = field(default_factory=dict)
    source_exists: bool = False
    drawings: tuple[DrawingsFile, ...] = ()


def site_pages(manuscript: Manuscript, pictures: Pictures) -> list[SitePage]:
    """Every page of the site, except the 404 page, which MkDocs makes from its own template."""
    handbook = manuscript.handbook
    guides = [guide for guide in manuscript.guides.values() if guide.id != HOME]
    pages = [_home(manuscript, pictures)]
    pages += [_group(group, handbook) for group in handbook.groups]
    pages += [_lesson(lesson, manuscript, pictures) for lesson in handbook.lessons.values()]
    pages += [_guide(guide, manuscript, pictures) for guide in guides]
    pages += [page for group in handbook.groups if (page := _sources(group, handbook))]
    pages.append(_glossary(manuscript))
    pages.append(_courses(handbook))
    pages += [_course(course, handbook) for course in handbook.courses]
    pages.append(_framework(handbook))
    pages.append(
        SitePage(
            f"{SETTINGS_FOLDER}/{HOME}.md",
            "settings.html",
            "Cài đặt trên máy này",
            "Chỉnh cỡ chữ, chọn màu trang, xem và xóa những gì máy này đã nhớ.",
        )
    )
    pages.append(
        SitePage(
            f"{SEARCH_FOLDER}/index.md",
            "search.html",
            "Tìm bài học",
            "Tìm bài học theo từ, có dấu hoặc không dấu.",
            {"groups_with_stages": [(group, stages(group, handbook)) for group in handbook.groups]},
        )
    )
    pages.append(
        SitePage(
            f"{OFFLINE_FOLDER}/index.md",
            "offline.html",
            "Bạn đang không có mạng",
            "Những bài vẫn mở được trên máy này khi không có mạng.",
        )
    )
    pages.append(
        SitePage(
            f"{PRINT_FOLDER}/index.md",
            "prints.html",
            "Tải bản in",
            "Cả cẩm nang, sách của từng nhóm và phiếu của từng bài, khổ A4, in đen trắng được.",
            {
                "whole_book": WHOLE_BOOK,
                "groups_with_prints": [
                    (
                        group,
                        group_book_path(group.slug),
                        [(lesson, handout_path(lesson.id)) for lesson in _on(group, handbook)],
                    )
                    for group in handbook.groups
                ],
                "courses": [(course, course_path(course.slug)) for course in handbook.courses],
                "forms": [(form, form_path(form.id)) for form in handbook.curriculum.forms],
            },
        )
    )
    return pages


def _on(group: Group, handbook: Handbook) -> list[Lesson]:
    return [handbook.lessons[lesson] for lesson in group.lesson_ids]


def lesson_url(lesson: str, handbook: Handbook, group: str = "") -> str:
    """A lesson's address; with the group whose path leads there, where there is more than one to choose from."""
    if group and len(handbook.paths_of[lesson]) > 1:
        return f"{page_url(lesson)}#{PATH_ANCHOR}{group}"
    return page_url(lesson)


def card(lesson: str, handbook: Handbook, group: str = "") -> Card:
    declared = handbook.lessons[lesson].front_matter
    return Card(lesson, declared.title, declared.description, declared.minutes, lesson_url(lesson, handbook, group))


def stages(group: Group, handbook: Handbook) -> tuple[StageView, ...]:
    return tuple(
        StageView(stage.title, stage.goal, tuple(card(lesson, handbook, group.slug) for lesson in stage.lessons))
        for stage in group.path
    )


def _home(manuscript: Manuscript, pictures: Pictures) -> SitePage:
    home = manuscript.guides[HOME]
    handbook = manuscript.handbook
    view = {
        "welcome": text_html(manuscript.texts[HOME].body, "", pictures).body,
        "groups_with_totals": [(group, len(group.lesson_ids), handbook.minutes(group)) for group in handbook.groups],
        "lessons": len(handbook.lessons),
        "whole_book": WHOLE_BOOK,
    }
    return SitePage("index.md", "home.html", home.front_matter.title, home.front_matter.description, view, True)


def _group(group: Group, handbook: Handbook) -> SitePage:
    path = stages(group, handbook)
    view = {
        "group": group,
        "stages": path,
        "minutes": handbook.minutes(group),
        "start": path[0].cards[0],
        "book": group_book_path(group.slug),
        "courses": [_course_card(course) for course in handbook.courses if group.slug in course.groups],
    }
    return SitePage(f"{group.slug}/index.md", "group.html", group.title, group.audience, view)


def _sources(group: Group, handbook: Handbook) -> SitePage | None:
    """What the lessons in the group's folder rest on: kept out of the lessons, where every byte is a learner's."""
    lessons = [lesson for lesson in handbook.lessons.values() if lesson.folder == group.slug]
    view = {
        "group": group,
        "lessons_with_sources": [
            (lesson, lesson.id.split("/")[1], page_url(lesson.id)) for lesson in lessons if lesson.front_matter.sources
        ],
    }
    if not view["lessons_with_sources"]:
        return None
    description = "Những trang chính thức và bài viết mà người soạn bài đã đọc, và ngày đọc."
    return SitePage(
        f"{group.slug}/{SOURCES}.md", "sources.html", f"Nguồn tham khảo: {group.short_title}", description, view
    )


def _glossary(manuscript: Manuscript) -> SitePage:
    used: dict[str, list[Card]] = {}
    for lesson in manuscript.handbook.lessons:
        for term in terms_of(manuscript.texts[lesson].body):
            used.setdefault(term, []).append(card(lesson, manuscript.handbook))
    return SitePage(
        f"{GLOSSARY_FOLDER}/{HOME}.md",
        "glossary.html",
        "Từ ngữ",
        "Những từ hay gặp trên điện thoại và trên mạng, giải thích bằng lời thường.",
        {"entries": manuscript.handbook.curriculum.glossary, "used": used},
    )


@dataclass(frozen=True)
class CourseCard:
    """A class plan as others point to it."""

    course: Course
    url: str


@dataclass(frozen=True)
class StepView:
    """A stretch of a session: from which minute to which, and the lesson taught."""

    start: int
    end: int
    activity: str
    card: Card | None
    part: str | None


def _course_card(course: Course) -> CourseCard:
    return CourseCard(course, page_url(course_page(course.slug)))


def _courses(handbook: Handbook) -> SitePage:
    return SitePage(
        f"{COURSES_FOLDER}/{HOME}.md",
        "courses.html",
        "Kế hoạch lớp học",
        "Những lớp soạn sẵn cho người dạy: dạy ai, chuẩn bị gì, từng phút làm gì, mất mạng thì sao.",
        {"cards": [_course_card(course) for course in handbook.courses]},
    )


def _course(course: Course, handbook: Handbook) -> SitePage:
    forms = {form.id: form for form in handbook.curriculum.forms}
    known = {group.slug: group for group in handbook.groups}
    view = {
        "course": course,
        "groups_taught": [known[slug] for slug in course.groups if slug in known],
        "sessions": [(session, _steps(session, handbook)) for session in course.sessions],
        "handouts": [(card(lesson, handbook), handout_path(lesson)) for lesson in course.lesson_ids],
        "forms": [(forms[form], form_path(form)) for form in course.forms],
        "plan": course_path(course.slug),
    }
    uri = f"{course_page(course.slug)}.md"
    return SitePage(uri, "course.html", course.title, course.description, view)


def _steps(session: Session, handbook: Handbook) -> list[StepView]:
    views, at = [], 0
    for step in session.steps:
        taught = card(step.lesson, handbook) if step.lesson else None
        views.append(StepView(at, at + step.minutes, step.activity, taught, step.part))
        at += step.minutes
    return views


def _framework(handbook: Handbook) -> SitePage:
    systems = [
        (system, [(group, [card(lesson.id, handbook, group.slug) for lesson in lessons]) for group, lessons in taught])
        for system, taught in handbook.systems_taught
    ]
    return SitePage(
        f"{FRAMEWORK_FOLDER}/{HOME}.md",
        "framework.html",
        "Nhóm nào học gì",
        "Bảng năng lực và bảng hệ thống số: mỗi nhóm cần gì, ở mức nào, bài nào dạy.",
        {
            "framework": handbook.curriculum.framework,
            "matrix": handbook.matrix,
            "marks": MARKS,
            "systems": systems,
        },
    )


def _guide(guide: Guide, manuscript: Manuscript, pictures: Pictures) -> SitePage:
    text = manuscript.texts[guide.id]
    made = text_html(_with_paper(text.body), _root_from(guide.id), pictures)
    view = {"body": made.body, "toc": text.toc, "reader": guide.front_matter.reader}
    declared = guide.front_matter
    return SitePage(
        f"{guide.id}.md", "guide.html", declared.title, declared.description, view, True, drawings=made.drawings
    )


def _with_paper(body: etree._Element) -> etree._Element:
    """The text with a picture, beside each example, of what it looks like on paper."""
    copy = deepcopy(body)
    for example in copy.iter("lesson-example"):
        figure = etree.SubElement(example, "figure", {"class": "on-paper"})
        source = f"{EXAMPLES_FOLDER}/{example.get('data-example')}.svg"
        etree.SubElement(figure, "img", {"src": source, "alt": "Mẫu này khi in ra giấy.", "loading": "lazy"})
        etree.SubElement(figure, "figcaption").text = "Trên giấy"
    return copy


def _lesson(lesson: Lesson, manuscript: Manuscript, pictures: Pictures) -> SitePage:
    handbook = manuscript.handbook
    text = manuscript.texts[lesson.id]
    made = lesson_html(text.body, _root_from(lesson.id), pictures)
    view = {
        "lesson": lesson,
        "level": handbook.curriculum.framework.level_titles[lesson.front_matter.level],
        "sections": made.sections,
        "footnotes": made.footnotes,
        "toc": text.toc,
        "paths": [_path(lesson.id, group, handbook) for group in handbook.paths_of[lesson.id]],
        "handout": handout_path(lesson.id),
        "sources": f"{page_url(f'{lesson.folder}/{SOURCES}')}#{lesson.id.split('/')[1]}",
        "start_size": _start_size(lesson, handbook),
    }
    declared = lesson.front_matter
    return SitePage(
        f"{lesson.id}.md", "lesson.html", declared.title, declared.description, view, True, drawings=made.drawings
    )


def _start_size(lesson: Lesson, handbook: Handbook) -> int:
    """The text size of the group whose folder the lesson lives in."""
    return next((group.text_size for group in handbook.groups if group.slug == lesson.folder), 1)


def _path(lesson: str, group: Group, handbook: Handbook) -> PathView:
    place = group.place_of(lesson)
    return PathView(
        group=group,
        group_url=f"{group.slug}/",
        stages=stages(group, handbook),
        position=place.position,
        total=place.total,
        previous=card(place.previous, handbook, group.slug) if place.previous else None,
        next=card(place.next, handbook, group.slug) if place.next else None,
        is_default=group is handbook.paths_of[lesson][0],
    )


def _root_from(page: str) -> str:
    """From the address of `page` back to the root of the site."""
    return "../" * (page.count("/") + 1)
