"""`curriculum/glossary.yml` in; the terms learners may not know out, each with its plain explanation."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from handbook.addresses import anchor_of
from handbook.entries import Entry, Text, read_file, repeated
from handbook.problems import Problems
from handbook.vietnamese import sort_key


class GlossaryEntry(Entry):
    """A term learners may not know, its plain explanation, and the other words people use for it."""

    term: Text
    explanation: Text
    aliases: tuple[Text, ...]

    @cached_property
    def id(self) -> str:
        return anchor_of(self.term)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.aliases)


class _GlossaryFile(Entry):
    entries: tuple[GlossaryEntry, ...]


def read_glossary(root: Path, problems: Problems) -> tuple[GlossaryEntry, ...] | None:
    """In the order of the alphabet; None where the file is broken."""
    source, glossary = read_file(root, root / "curriculum" / "glossary.yml", _GlossaryFile, problems, "entries")
    if source is None or glossary is None:
        return None
    for i, entry in enumerate(glossary.entries):
        if not entry.id:
            problems.add(
                "wrong-form",
                source.file,
                source.line(("entries", i, "term")),
                f"“{entry.term}” không có chữ cái hay chữ số nào.",
                "Gọi tên bằng chữ, ví dụ “Dấu @”.",
            )
    # Equal terms are reported as such, below.
    ids = {entry.term.casefold(): (entry.id, i) for i, entry in enumerate(glossary.entries)}
    for anchor, line, first in repeated([(id_, source.line(("entries", i, "term"))) for id_, i in ids.values()]):
        problems.add(
            "duplicate-term",
            source.file,
            line,
            f"Từ này có cùng địa chỉ “#{anchor}” với từ ở dòng {first}.",
            "Gộp hai mục làm một, hoặc viết thêm một chữ để phân biệt.",
        )
    names = [
        (name.casefold(), source.line(("entries", i, "aliases", j - 1) if j else ("entries", i, "term")))
        for i, entry in enumerate(glossary.entries)
        for j, name in enumerate(entry.names)
    ]
    for name, line, first in repeated(names):
        problems.add(
            "duplicate-term", source.file, line, f"“{name}” đã có ở dòng {first}.", "Để mỗi cách gọi ở một mục."
        )
    return tuple(sorted(glossary.entries, key=lambda entry: sort_key(entry.term)))
