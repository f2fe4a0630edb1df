"""A lesson's rendered text in; its sections as plain safe HTML, its drawn screens, questions and tasks out.

The components of the lesson format become elements that any app can show: a box is an `<aside>`, tabs stand one after
another, a drawing leaves its place. `data-kind` says what a part was. Then `sanitised` lets through what it lists and
nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from copy import deepcopy
from dataclasses import dataclass, field

import nh3
from lxml import etree

from handbook.api.documents import AnswerDocument, QuestionDocument, ScreenDocument, SectionDocument, TaskDocument
from handbook.api.drawings import standalone_svg
from handbook.images import ImageShelf
from handbook.markup.links import target_of
from handbook.markup.trees import remove_keeping_tail, words_of

ALLOWED: dict[str, set[str]] = {
    # Structure. No <h1>, <h2>: the lesson's and the section's titles are data.
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "p": set(),
    "ul": set(),
    "ol": {"start", "type"},
    "li": {"id"},
    "dl": set(),
    "dt": set(),
    "dd": set(),
    "blockquote": set(),
    "pre": set(),
    "hr": set(),
    "div": set(),
    "details": {"open"},
    "summary": set(),
    # Components: what each was says `data-kind`; `data-groups` for whom a passage is.
    "section": {"data-kind"},
    "aside": {"data-kind", "data-groups"},
    # Tables.
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope", "data-align"},
    "td": {"data-align"},
    # Pictures: a file on the site, or the place of a drawn screen.
    "figure": {"data-screen"},
    "figcaption": set(),
    "img": {"src", "alt", "width", "height"},
    # Words. `data-lesson`: the link leads to this lesson; `data-meaning`: what the word means.
    "a": {"href", "title", "data-lesson", "data-meaning"},
    "abbr": {"title"},
    **{name: set() for name in ("strong", "b", "em", "i", "del", "ins", "mark", "small", "sub", "code", "kbd", "span")},
    "sup": {"id"},
    "br": set(),
}
"""Every element that may stand in the published HTML, with its attributes. API.md repeats the list for app makers."""

URL_SCHEMES = {"http", "https", "mailto", "tel"}

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={"*": {"lang"}, **{name: attributes for name, attributes in ALLOWED.items() if attributes}},
    url_schemes=URL_SCHEMES,
    url_relative=lambda url: url if url.startswith("#") else None,
    link_rel="noopener",
    strip_comments=True,
)


def sanitised(html: str) -> str:
    """`html` with nothing in it but `ALLOWED`, links of `URL_SCHEMES` and jumps within the text."""
    return (_CLEANER.clean(html) if "<" in html else html).strip()  # words alone hold nothing to clean


@dataclass
class Fragments:
    """A lesson's text in parts."""

    sections: list[SectionDocument] = field(default_factory=list)
    footnotes: str = ""
    screens: list[ScreenDocument] = field(default_factory=list)
    quiz: list[QuestionDocument] = field(default_factory=list)
    practice: list[TaskDocument] = field(default_factory=list)


def fragments(body: etree._Element, site_url: str, lessons: Set[str], images: ImageShelf) -> Fragments:
    """The parts of a rendered lesson. `lessons`: the ids to which links are marked with `data-lesson`."""
    made = Fragments()
    copy = deepcopy(body)
    _make_absolute(copy, site_url, lessons, images)
    for section in copy.iterfind("section"):
        heading = section[0]
        name = heading.get("id", "")
        _take_screens(section, made.screens)
        made.quiz += [_question(question, name) for question in section.iterfind(".//lesson-quiz/ol/li")]
        made.practice += [
            TaskDocument(section=name, html=_html_in(task)) for task in section.iterfind(".//lesson-practice/ul/li")
        ]
        title = words_of(heading)
        section.remove(heading)
        _make_plain(section)
        made.sections.append(SectionDocument(id=name, title=title, html=_html_in(section)))
    notes = "".join(_html_in(note) for note in copy.iterfind("div[@class='footnote']/ol"))
    made.footnotes = sanitised(f"<ol>{notes}</ol>") if notes else ""
    return made


def _make_absolute(body: etree._Element, site_url: str, lessons: Set[str], images: ImageShelf) -> None:
    for link in body.iter("a"):
        if target := target_of(link.get("href", "")):
            link.set("href", target.below(site_url))
            if target.page in lessons:
                link.set("data-lesson", target.page)
    for image in body.iter("img"):
        images.show_in(image, site_url)


def _take_screens(section: etree._Element, screens: list[ScreenDocument]) -> None:
    """Cut the drawings out; each figure keeps the id of its own and the caption."""
    for figure in section.iterfind(".//figure[@class='screen']"):
        drawing = figure.find("svg")
        caption = figure.find("figcaption")
        screen = ScreenDocument(
            id=f"s{len(screens) + 1}",
            svg=standalone_svg(drawing),
            alt=drawing.get("aria-label", ""),
            caption=words_of(caption) if caption is not None else "",
        )
        screens.append(screen)
        figure.remove(drawing)
        figure.attrib.clear()
        figure.set("data-screen", screen.id)


def _question(question: etree._Element, section: str) -> QuestionDocument:
    asked = deepcopy(question.find("p"))
    for hint in asked.findall("span[@class='hint']"):
        remove_keeping_tail(hint)
    answers = zip(question.iterfind("ol/li"), question.iterfind("details/ul/li"), strict=True)
    return QuestionDocument(
        section=section,
        html=_html_in(asked),
        many=question.get("data-many") == "true",
        answers=tuple(
            AnswerDocument(
                html=_html_in(answer), right=reason.get("data-right") == "true", reason=_html_in(reason.find("span"))
            )
            for answer, reason in answers
        ),
    )


def _make_plain(section: etree._Element) -> None:
    """Turn each component into plain elements, in place."""
    for element in list(section.iterdescendants(etree.Element)):
        if element.tag in _COMPONENTS:
            _COMPONENTS[element.tag](element)
        elif element.tag == "div" and element.get("data-tabs"):
            _tabs(element)
        elif element.tag == "div" and "admonition" in (kind := element.get("class", "").split()):
            element.tag = "aside"
            element.set("data-kind", next((name for name in kind if name != "admonition"), "note"))
            _make_strong(element[0])


def _screens(series: etree._Element) -> None:
    series.tag = "section"
    series.set("data-kind", "screens")
    if name := series.get("data-series"):
        title = etree.Element("p")
        etree.SubElement(title, "strong").text = name
        series.insert(0, title)
    if done := series.get("data-done"):
        etree.SubElement(series, "p").text = done


def _quiz(quiz: etree._Element) -> None:
    quiz.tag = "section"
    quiz.set("data-kind", "quiz")


def _practice(practice: etree._Element) -> None:
    practice.tag = "section"
    practice.set("data-kind", "practice")


def _scam(scam: etree._Element) -> None:
    scam.tag = "aside"
    scam.set("data-kind", "scam")
    for part in scam:
        if part.get("class") in {"scam-title", "scam-head"}:
            _make_strong(part)


def _audience(passage: etree._Element) -> None:
    passage.tag = "aside"
    passage.set("data-kind", "audience")
    _make_strong(passage[0])


_COMPONENTS: dict[str, Callable[[etree._Element], None]] = {
    "lesson-screens": _screens,
    "lesson-quiz": _quiz,
    "lesson-practice": _practice,
    "lesson-scam": _scam,
    "lesson-audience": _audience,
}


def _tabs(tabs: etree._Element) -> None:
    """Tabs one after another, each with its label on top."""
    labels = [words_of(label) for label in tabs.iterfind("div[@class='tabbed-labels']/label")]
    blocks = tabs.findall("div[@class='tabbed-content']/div")
    tabs.tag = "section"
    tabs.set("data-kind", "tabs")
    for label, block in zip(labels, blocks, strict=True):
        block.tag = "section"
        block.set("data-kind", "tab")
        title = etree.Element("p")
        etree.SubElement(title, "strong").text = label
        block.insert(0, title)
    tabs[:] = blocks


def _make_strong(paragraph: etree._Element) -> None:
    """What a style sheet makes bold says so itself."""
    strong = etree.Element("strong")
    strong.text, paragraph.text = paragraph.text, None
    strong.extend(list(paragraph))
    paragraph.append(strong)


def _html_in(element: etree._Element) -> str:
    """What an element holds, sanitised."""
    whole: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return sanitised(whole[whole.index(">") + 1 : whole.rindex("<")])
