"""Small questions to ask of a rendered tree."""

from __future__ import annotations

from lxml import etree


def words_of(element: etree._Element) -> str:
    """All text in an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def remove_keeping_tail(element: etree._Element) -> None:
    """Take an element out of its parent, but not the text that follows it."""
    parent = element.getparent()
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def append_text(into: etree._Element, text: str | None) -> None:
    """Add text after all that an element holds."""
    if not text:
        return
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


def has_picture(element: etree._Element) -> bool:
    """Whether an element is or holds a picture: without a word it still says something."""
    return next(element.iter("img", "svg"), None) is not None
