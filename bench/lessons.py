"""A number in; as many synthetic Vietnamese lessons out, always the same ones.

Every lesson is valid for this project and has what a real one has: about 650 words (syllables, as Vietnamese writes
them), three runs of steps, a table, admonitions, folded answers, links to other lessons, and tabs in every third.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench import words
from handbook.lessons import SECTIONS
from handbook.vietnamese import slugify

_Entry = TypeVar("_Entry")

UPDATED = "2026-11-21"
"""The one date that all lessons bear; the clock is never asked."""


@dataclass(frozen=True)
class SyntheticLesson:
    """`id` is `<group>/<slug>`; `front_matter` holds one YAML line for each key; `body` is Markdown from `##` down."""

    id: str
    title: str
    description: str
    front_matter: tuple[str, ...]
    body: str

    @property
    def group(self) -> str:
        return self.id.split("/")[0]


def synthetic_lessons(count: int, groups: Sequence[str], competences: Sequence[str]) -> list[SyntheticLesson]:
    """`count` lessons, dealt out to `groups` (slugs) and `competences` (ids) in turn."""
    titles = [_title(index) for index in range(count)]
    ids = [f"{groups[index % len(groups)]}/{slugify(title)}" for index, title in enumerate(titles)]
    return [_Writer(index, titles, ids, competences).lesson() for index in range(count)]


def _title(index: int) -> str:
    """A title of its own for each index: the pairs of task and app are all different for 1,000 lessons in a row."""
    rounds, place = divmod(index, len(words.TASKS) * len(words.APPS))
    task = words.TASKS[place % len(words.TASKS)]
    app = words.APPS[(place // len(words.TASKS) + place) % len(words.APPS)]
    return f"{task} trên {app}" + (f", phần {rounds + 1}" if rounds else "")


class _Writer:
    """Writes one lesson. All chance comes from its own generator, seeded by the lesson's index."""

    def __init__(self, index: int, titles: Sequence[str], ids: Sequence[str], competences: Sequence[str]) -> None:
        self._random = random.Random(index)
        self._index, self._titles, self._ids, self._competences = index, titles, ids, competences
        self._task, self._app = titles[index].split(", phần ")[0].split(" trên ", 1)

    def lesson(self) -> SyntheticLesson:
        title = self._titles[self._index]
        description = f"{title}: làm từng bước, biết khi nào xong, không mắc bẫy người lạ."
        sections = dict(zip(SECTIONS, self._sections(), strict=True))
        body = "\n".join(f"## {heading}\n\n{text}\n" for heading, text in sections.items())
        front_matter = tuple(self._front_matter(title, description))
        return SyntheticLesson(self._ids[self._index], title, description, front_matter, body)

    def _front_matter(self, title: str, description: str) -> list[str]:
        competence = self._competences[self._index % len(self._competences)]
        source = f"https://nguon.example/bai-{self._index}"
        return [
            f'title: "{title}"',
            f'description: "{description}"',
            f"minutes: {5 + self._index % 11}",
            "level: basic",
            f"competences: [{competence}]",
            f'apps: ["{self._app}"]',
            f'keywords: ["{self._task.lower()}", "{self._app}", "{title}"]',
            f"updated: {UPDATED}",
            "reviewed:",
            f'sources: [{{title: "Hướng dẫn chính thức", url: "{source}", accessed: {UPDATED}}}]',
        ]

    def _sections(self) -> list[str]:
        """The texts of all sections, in the order of `SECTIONS`."""
        return [
            f"{self._one(words.REASONS)} Học xong, bạn làm được:\n\n{self._list(words.GOALS, 3)}",
            self._list(words.PREPARATIONS, 3),
            self._steps(),
            self._warning(),
            self._list(words.PRACTICES, 3, mark="- [ ]"),
            "\n\n".join(f"{number}. {question}" for number, question in enumerate(self._questions(2), start=1)),
            self._list(words.REMINDERS, 3),
            self._list(words.TEACHING, 3),
        ]

    def _steps(self) -> str:
        parts = self._some(words.PARTS, 3)
        steps = self._some(words.STEPS, 12)
        blocks = []
        for number, part in enumerate(parts, start=1):
            numbered = (f"{n}. {step}" for n, step in enumerate(steps[4 * (number - 1) : 4 * number], start=1))
            blocks += [f"### Phần {number}. {part}", "\n".join(numbered)]
            if number == 1:
                blocks.append(f'!!! tip "Khi bị vướng"\n    {self._one(words.TIPS)}')
            if number == 2:
                blocks.append(self._table())
        if self._index % 3 == 0:
            blocks.append(self._tabs())
        blocks.append(f"Bước tiếp theo: {self._link(1)}.")
        return "\n\n".join(blocks)

    def _table(self) -> str:
        rows = [" | ".join(map(self._fill, row)) for row in self._pick(words.TABLE_ROWS, 3)]
        return "\n".join(["| Bạn thấy | Nghĩa là | Việc cần làm |", "|---|---|---|", *(f"| {row} |" for row in rows)])

    def _tabs(self) -> str:
        return "\n\n".join(f'=== "{label}"\n\n    {self._fill(text)}' for label, text in words.PHONE_TABS)

    def _warning(self) -> str:
        scams, rules = self._some(words.SCAMS, 2), self._some(words.RULES, 3)
        return (
            f'{" ".join(scams)}\n\n!!! danger "Không đọc mã cho ai"\n    {" ".join(rules[:2])}\n\n'
            f"{' '.join(rules[2:])} Đọc thêm: {self._link(7)}."
        )

    def _questions(self, count: int) -> list[str]:
        questions = []
        for question in self._some(words.QUESTIONS, count):
            choices = "\n".join(
                f"    - {letter}. {choice}" for letter, choice in zip("ABC", self._some(words.CHOICES, 3), strict=True)
            )
            answer = f"**{self._one('ABC')}.** {self._one(words.ANSWERS)}"
            questions.append(f'{question}\n\n{choices}\n\n    ??? success "Xem đáp án"\n\n        {answer}')
        return questions

    def _link(self, distance: int) -> str:
        """A Markdown link to the lesson `distance` places further on, from this lesson's own folder."""
        at = (self._index + distance) % len(self._ids)
        return f"[{self._titles[at]}](../{self._ids[at]}.md)"

    def _list(self, stock: Sequence[str], count: int, mark: str = "-") -> str:
        return "\n".join(f"{mark} {line}" for line in self._some(stock, count))

    def _some(self, stock: Sequence[str], count: int) -> list[str]:
        return [self._fill(line) for line in self._pick(stock, count)]

    def _one(self, stock: Sequence[str]) -> str:
        return self._some(stock, 1)[0]

    def _pick(self, stock: Sequence[_Entry], count: int) -> list[_Entry]:
        """`count` different entries. Of all of `random`, only `random()` promises the same numbers in every Python."""
        order = sorted(range(len(stock)), key=lambda _: self._random.random())
        return [stock[place] for place in order[:count]]

    def _fill(self, line: str) -> str:
        def any_of(stock: Sequence[str]) -> str:
            return stock[int(self._random.random() * len(stock))]

        return line.format(
            app=self._app,
            task=self._task[0].lower() + self._task[1:],
            button=any_of(words.BUTTONS),
            menu=any_of(words.MENUS),
            place=any_of(words.PLACES),
            helper=any_of(words.HELPERS),
            n=2 + int(self._random.random() * 7),
        )
