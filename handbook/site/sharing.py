"""A page in; what chats, social networks and search engines are told of it out (`partials/sharing.html` writes it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handbook.addresses import HOME, preview_path
from handbook.book import Handbook
from handbook.site.pages import SitePage
from handbook.site.structured_data import about_class_plan, about_group, about_lesson, about_site, script_text


@dataclass(frozen=True)
class Sharing:
    """`image` is relative to the site's root; `structured` is JSON, or empty where there is nothing to say."""

    kind: str
    title: str
    description: str
    image: str
    image_words: str
    structured: str


def sharing(page: SitePage, handbook: Handbook, title: str, description: str, site_url: str, publisher: str) -> Sharing:
    """`title` and `description` are the handbook's own; `site_url` ends with a slash."""
    group = next((group for group in handbook.groups if page.uri.startswith(f"{group.slug}/")), None)
    data: Any = None
    match page.template:
        case "lesson.html":
            data = about_lesson(page.view["lesson"], handbook, site_url)
        case "group.html" if group:
            data = about_group(group, handbook, site_url, publisher)
        case "course.html":
            data = about_class_plan(page.view["course"], site_url, publisher)
        case "home.html":
            data = about_site(title, description, site_url, publisher)
    return Sharing(
        kind="article" if page.template == "lesson.html" else "website",
        title=title if page.uri == f"{HOME}.md" else page.title,
        description=page.description,
        image=preview_path(group.slug if group else ""),
        image_words=f"{group.short_title} – {title}" if group else title,
        structured=script_text(data) if data else "",
    )
