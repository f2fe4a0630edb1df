"""What a page shows in; the same for search engines out, as schema.org data in JSON-LD.

Short on purpose: each page carries it, and what the page says in its head already is said once more only where
search engines ask for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handbook.addresses import SEARCH_FOLDER, course_page, page_url
from handbook.book import Handbook
from handbook.courses import Course
from handbook.curriculum import Group
from handbook.lessons import Lesson
from handbook.licence import LICENCE_URL

Data = Mapping[str, Any]
_CONTEXT = "https://schema.org"


def about_lesson(lesson: Lesson, handbook: Handbook, site_url: str) -> Data:
    """A `LearningResource`, part of the `Course` of each group on whose path it stands.

    Courses are named by their `@id`: their own pages say whom they are for and who provides them.
    """
    declared = lesson.front_matter
    framework = handbook.curriculum.framework
    return {
        "@context": _CONTEXT,
        "@type": "LearningResource",
        "name": declared.title,
        "description": declared.description,
        "inLanguage": "vi",
        "timeRequired": f"PT{declared.minutes}M",
        "educationalLevel": framework.level_titles[declared.level],
        "learningResourceType": "lesson",
        "teaches": [framework.competences[name].title for name in declared.competences],
        "dateModified": declared.updated.isoformat(),
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "isPartOf": [{"@id": f"{site_url}{group.slug}/"} for group in handbook.paths_of[lesson.id]],
    }


def about_group(group: Group, handbook: Handbook, site_url: str, publisher: str) -> Data:
    """A `Course` with the lessons of its path."""
    return {
        "@context": _CONTEXT,
        "@type": "Course",
        "@id": f"{site_url}{group.slug}/",
        "name": group.title,
        "description": group.audience,
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "provider": _organization(publisher),
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "courseWorkload": f"PT{handbook.minutes(group)}M",
        },
        "hasPart": [
            {
                "@type": "LearningResource",
                "name": handbook.lessons[lesson].front_matter.title,
                "url": f"{site_url}{page_url(lesson)}",
            }
            for lesson in group.lesson_ids
        ],
    }


def about_class_plan(course: Course, site_url: str, publisher: str) -> Data:
    """A `LearningResource` for whoever teaches a class."""
    return {
        "@context": _CONTEXT,
        "@type": "LearningResource",
        "name": course.title,
        "description": course.description,
        "url": f"{site_url}{page_url(course_page(course.slug))}",
        "inLanguage": "vi",
        "timeRequired": f"PT{course.minutes}M",
        "learningResourceType": "lesson plan",
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "audience": {"@type": "EducationalAudience", "educationalRole": "teacher"},
        "publisher": _organization(publisher),
    }


def about_site(title: str, description: str, site_url: str, publisher: str) -> Data:
    """The `WebSite`, and how to search it."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": title,
        "description": description,
        "url": site_url,
        "inLanguage": "vi",
        "publisher": {"@id": site_url} | _organization(publisher),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{site_url}{SEARCH_FOLDER}/?q={{words}}",
            "query-input": "required name=words",
        },
    }


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def script_text(data: Data) -> str:
    """The data as text that may stand inside `<script>`: no `<` in it can end the element or open a comment."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
