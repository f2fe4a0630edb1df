"""A rendered text in; out comes all that the page could not show, or the press would refuse."""

from __future__ import annotations

from handbook.checks import characters, layout, references, structure
from handbook.checks.page import Page, Surroundings
from handbook.problems import Problems


def check(page: Page, surroundings: Surroundings, problems: Problems) -> None:
    """Every rule for a rendered text on one page."""
    structure.check_hand_made(page, problems)
    structure.check_vocabulary(page, problems)
    structure.check_headings(page, problems)
    structure.check_sections(page, problems)
    references.check_links(page, surroundings, problems)
    references.check_footnotes(page, problems)
    references.check_pictures(page, surroundings, problems)
    layout.check_leftovers(page, problems)
    layout.check_tabs(page, problems)
    layout.check_boxes(page, problems)
    layout.check_lists(page, problems)
    layout.check_tables(page, problems)
    layout.check_code(page, problems)
    layout.check_captions(page, problems)
    layout.check_lines_through_words(page, problems)
    characters.check_text(page, problems)
    if page.is_lesson:
        structure.check_beginning(page, problems)
