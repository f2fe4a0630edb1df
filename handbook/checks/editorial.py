"""Rules on how a lesson reads: sentences, steps, words, labels, length, what it must bring, what it shares.

All of them warn: a rule of thumb has exceptions. One that is justified stands in `curriculum/editorial.yml` with its
reason, where everybody can see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from handbook.checks.page import Page
from handbook.markup.glossary import Term, term_pattern
from handbook.markup.trees import words_of
from handbook.problems import Problems
from handbook.prose import Passage, lesson_sentences, passages, shared_shares, syllables
from handbook.vietnamese import is_syllable

MAX_SYLLABLES = 24
"""In a sentence: what a reader aloud says in one breath."""
MAX_STEPS = 8
MAX_SHARED = 0.15
"""The share of its sentences that a lesson may have in common with another."""
QUESTIONS = range(3, 6)
THINGS_TO_REMEMBER = 3
SYLLABLES_A_MINUTE = 180
STEPS_A_MINUTE = 4
"""With the phone in hand. Both fit the minutes that the first twelve lessons declare: nobody was timed."""
MINUTES_OFF = (0.7, 1.8)
"""How far `minutes` may be from what the length suggests."""

_VERB = (
    r"(?:chạm|bấm|nhấn|chọn|gõ|nhập|mở|vuốt|kéo|quét|đóng|tắt|bật|gửi|tải|cài|xóa|sao|dán|điền|đọc|ghi|kiểm|so|gọi|nhờ"
    r"|hỏi|đưa|giơ|quay|đặt|lưu|tìm|đăng|thoát|nhấc|chụp)"
)
_JOINED = re.compile(
    rf"(?:^|[,;:]\s)(?:\S+\s){{0,2}}?{_VERB}\s(?:(?!\bthì\b|\bđể\b|[“”]).)*?\b(?:rồi|và|sau đó)\s(?:lại\s)?{_VERB}\s",
    re.IGNORECASE,
)
_UNMARKED = re.compile(
    r"\b(?:[Cc]hạm|[Bb]ấm|[Nn]hấn|[Cc]họn)(?: vào)?(?: (?:nút|mục|ô|thẻ|dòng|chữ))+(?: có chữ)? "
    r"(?:“(?P<quoted>[^”]+)”|(?P<bare>[^\W\d_]\S*))"
)
_LONGEST_ABBREVIATION = 3
_QUOTED = re.compile(r"“[^“”]*”")
"""A label as it stands on a screen, or what somebody says: quoted, whatever its words."""
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@/]|[.-]\w)")


@dataclass(frozen=True)
class Vocabulary:
    """What a lesson may say without explaining it: terms of the glossary, names of apps, words the editors allow."""

    terms: Sequence[Term]
    known: Set[str]
    """In small letters."""

    @cached_property
    def _terms_pattern(self) -> re.Pattern[str] | None:
        return term_pattern(self.terms)

    def unknown_in(self, text: str) -> list[str]:
        """The words of `text` that are not Vietnamese, nor known, nor quoted; each once, in their order."""
        spoken = _QUOTED.sub(" ", text)
        # What touches the sign is part of a name: dichvucong.gov.vn.
        rest = self._terms_pattern.sub("@", spoken) if self._terms_pattern else spoken
        words = dict.fromkeys(word for found in _WORD.finditer(rest) if not self._is_known(word := found[0]))
        return list(words)

    def _is_known(self, word: str) -> bool:
        if len(word) == 1 or word.casefold() in self.known:
            return True
        if word.isupper() and word.isascii() and len(word) <= _LONGEST_ABBREVIATION:
            return False  # PIN looks like a syllable, and is none
        return all(map(is_syllable, word.split("-")))


def check_lesson(page: Page, minutes: int, guarded: bool, vocabulary: Vocabulary, problems: Problems) -> None:
    """Every rule on one lesson. `guarded`: it is about money, identity or strangers, and has to warn."""
    read = list(passages(page.body))
    for passage in read:
        _check_sentences(page, passage, problems)
        if passage.is_step:
            _check_step(page, passage, problems)
    for passage in passages(page.body, tables=True):
        _check_words(page, passage, vocabulary, problems)
    _check_parts(page, guarded, problems)
    _check_minutes(page, read, minutes, problems)


def _warn(problems: Problems, page: Page, line: int, code: str, message: str, remedy: str) -> None:
    problems.add(code, page.file, line, message, remedy, severity="warning")


def _line(page: Page, text: str) -> int:
    """The line where a passage's text stands: of its longest run of words that the source has as they are."""
    words = text.split()
    for length in (len(words), 8, 5, 3, 2):
        for start in range(0, max(1, len(words) - length + 1)):
            run = " ".join(words[start : start + length])
            if run in page.source:
                return page.line_of(run)
    return page.first_line


def _check_sentences(page: Page, passage: Passage, problems: Problems) -> None:
    for sentence in passage.sentences:
        if (length := syllables(sentence)) > MAX_SYLLABLES:
            _warn(
                problems,
                page,
                _line(page, sentence),
                "long-sentence",
                f"Câu dài {length} tiếng: “{_short(sentence)}”",
                f"Tách thành hai câu; mỗi câu nhiều nhất {MAX_SYLLABLES} tiếng để đọc to được một hơi.",
            )


def _check_words(page: Page, passage: Passage, vocabulary: Vocabulary, problems: Problems) -> None:
    for word in vocabulary.unknown_in(passage.unmarked):
        _warn(
            problems,
            page,
            page.line_of(word),
            "unexplained-word",
            f"“{word}” không phải tiếng Việt và chưa có trong Từ ngữ.",
            "Dùng từ Việt, hoặc thêm từ này vào curriculum/glossary.yml; tên riêng thì vào curriculum/editorial.yml.",
        )


def _check_step(page: Page, passage: Passage, problems: Problems) -> None:
    for sentence in passage.sentences:
        if _JOINED.search(sentence):
            _warn(
                problems,
                page,
                _line(page, sentence),
                "joined-actions",
                f"Một bước có hai việc: “{_short(sentence)}”",
                "Tách thành hai bước; người học làm xong một việc mới đọc việc sau.",
            )
    for found in _UNMARKED.finditer(passage.unmarked):
        label = found["quoted"] or found["bare"]
        if found["quoted"] or label[0].isupper():
            _warn(
                problems,
                page,
                page.line_of(found[0], label),
                "unmarked-label",
                f"Chữ trên màn hình “{label}” chưa in đậm.",
                f"Viết **{label}**, đúng như chữ trên màn hình.",
            )


def _check_parts(page: Page, guarded: bool, problems: Problems) -> None:
    """What every lesson brings: short lists of steps, pictures, practice, a self-check, three things to remember."""
    body = page.body
    for steps in body.xpath(".//section[@data-section='cac-buoc']//ol[not(@class)]"):
        if len(steps) > MAX_STEPS:
            _warn(
                problems,
                page,
                _line(page, words_of(steps[0])),
                "too-many-steps",
                f"Danh sách có {len(steps)} bước.",
                f"Chia thành các phần “###”, mỗi phần nhiều nhất {MAX_STEPS} bước.",
            )
    needed = [
        (".//figure[contains(@class, 'screen')]", "Các bước", "missing-screens", "chưa có hình màn hình", "screens"),
        (".//lesson-practice", "Thực hành", "missing-practice", "chưa có bài thực hành", "practice"),
        (".//lesson-quiz", "Tự kiểm tra", "missing-quiz", "chưa có câu hỏi tự kiểm tra", "quiz"),
    ]
    if guarded:
        needed.append((".//lesson-scam", "Cảnh giác", "missing-scam", "chưa có lời cảnh giác", "scam"))
    for query, section, code, lacks, fence in needed:
        if not body.xpath(query):
            _warn(
                problems,
                page,
                page.line_of(f"## {section}", "## "),
                code,
                f"Bài {lacks}.",
                f"Thêm khối “```{fence}” vào phần “{section}”, hoặc ghi lý do vào curriculum/editorial.yml.",
            )
    questions = len(body.xpath(".//lesson-quiz//li[@class='question']"))
    if questions and questions not in QUESTIONS:
        _warn(
            problems,
            page,
            page.line_of("```quiz"),
            "number-of-questions",
            f"Phần tự kiểm tra có {questions} câu hỏi.",
            f"Hỏi từ {QUESTIONS.start} đến {QUESTIONS.stop - 1} câu.",
        )
    reminders = body.xpath("./section[@data-section='ghi-nho']/ul/li")
    if len(reminders) != THINGS_TO_REMEMBER:
        _warn(
            problems,
            page,
            page.line_of("## Ghi nhớ"),
            "number-of-reminders",
            f"Phần “Ghi nhớ” có {len(reminders)} gạch đầu dòng.",
            f"Viết đúng {THINGS_TO_REMEMBER} điều.",
        )


def _check_minutes(page: Page, read: Iterable[Passage], minutes: int, problems: Problems) -> None:
    learners = [passage for passage in read if passage.section != "danh-cho-nguoi-huong-dan"]
    likely = (
        sum(syllables(passage.text) for passage in learners) / SYLLABLES_A_MINUTE
        + sum(passage.is_step for passage in learners) / STEPS_A_MINUTE
    )
    least, most = MINUTES_OFF
    if not least * likely <= minutes <= most * likely:
        _warn(
            problems,
            page,
            2,
            "minutes-off",
            f"Bài ghi {minutes} phút, nhưng dài chừng {max(round(likely), 1)} phút nếu vừa đọc vừa làm.",
            "Sửa “minutes”, hoặc chia bài làm hai.",
        )


def check_audience(page: Page, on_path: Set[str], problems: Problems) -> None:
    """A passage for a group that never comes by is read by nobody. `on_path`: the groups whose path has the lesson."""
    for passage in page.body.iter("lesson-audience"):
        for slug in passage.get("data-groups", "").split():
            if slug not in on_path:
                _warn(
                    problems,
                    page,
                    page.line_of(f"/// audience | {slug}", "/// audience"),
                    "audience-off-path",
                    f"Đoạn dành cho nhóm “{slug}”, nhưng bài không nằm trên lộ trình của nhóm ấy.",
                    "Bỏ nhóm này khỏi dòng “/// audience”, hoặc đưa bài vào lộ trình của nhóm.",
                )


def check_shared(pages: Mapping[str, Page], problems: Problems) -> None:
    """No lesson is a copy of another: warns of each pair that shares more than MAX_SHARED of its sentences."""
    sentences = lesson_sentences({name: page.body for name, page in pages.items()})
    for (one, other), share in shared_shares(sentences).items():
        if share > MAX_SHARED:
            common = sorted(sentences[one] & sentences[other], key=len, reverse=True)
            _warn(
                problems,
                pages[one],
                pages[one].first_line,
                "shared-passages",
                f"{share:.0%} số câu của bài này có trong bài {pages[other].file}, ví dụ “{_short(common[0])}”",
                "Viết lại cho đúng nhóm người học, hoặc gộp hai bài và dùng “/// audience” ở chỗ khác nhau.",
            )


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:87].rstrip()}…"
