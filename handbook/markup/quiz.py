"""`quiz` blocks in; self-check questions out, each answer with its own explanation.

Markdown extension. A question starts with `?`, a wrong answer with `-`, a right one with `+`, and below each answer its
explanation with `>`:

    ? Người lạ xin mã OTP. Bạn làm gì?
    - Đọc cho họ
    > Có mã là họ lấy được tiền.
    + Cúp máy
    > Không ai có quyền hỏi mã này.

    <lesson-quiz> <ol class="questions"> <li class="question" data-many> p.ask, ul.answers,
      <details class="answer"> … <li data-right> reason </li> … </details> </li> </ol> </lesson-quiz>
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown import Markdown
from markdown.extensions import Extension

from handbook.markup.fences import Block, Faults, register_component
from handbook.markup.inline import inline

_SHOW = "Xem đáp án"
_LETTERS = "ABCDEF"


@dataclass
class _Answer:
    text: str
    right: bool
    line: int
    reason: str = ""


@dataclass
class _Question:
    text: str
    line: int
    answers: list[_Answer] = field(default_factory=list)


def quiz_component(block: Block, faults: Faults) -> str:
    before = len(faults.found)
    questions = _read(block, faults)
    if not questions and len(faults.found) == before:
        faults.add(block.line, "empty-quiz", "Khối “quiz” chưa có câu hỏi.", "Thêm dòng “? Câu hỏi”.")
    for question in questions:
        _check(question, faults)
    if len(faults.found) > before:
        return ""
    return f'<lesson-quiz><ol class="questions">{"".join(map(_draw, questions))}</ol></lesson-quiz>'


def _read(block: Block, faults: Faults) -> list[_Question]:
    questions: list[_Question] = []
    for line in block.lines:
        text = line.text.strip()
        if not text:
            continue
        sign, words = text[0], text[1:].strip()
        if sign not in "?+->":
            faults.add(
                line.number,
                "not-a-quiz-line",
                f"Dòng “{text[:40]}” không bắt đầu bằng ?, +, - hoặc >.",
                "Viết “? câu hỏi”, “+ đáp án đúng”, “- đáp án sai” hoặc “> giải thích”, mỗi thứ trên một dòng.",
            )
        elif not words:
            faults.add(
                line.number,
                "empty-quiz-line",
                f"Sau dấu “{sign}” chưa có chữ.",
                "Viết tiếp sau dấu này, hoặc xóa dòng.",
            )
        elif sign == "?":
            questions.append(_Question(words, line.number))
        elif not questions:
            faults.add(
                line.number, "answer-without-question", "Đáp án đứng trước câu hỏi.", "Viết dòng “? Câu hỏi” ở trên."
            )
        elif sign in "+-":
            questions[-1].answers.append(_Answer(words, sign == "+", line.number))
        elif not questions[-1].answers:
            faults.add(
                line.number,
                "reason-without-answer",
                "Lời giải thích chưa đi sau đáp án nào.",
                "Đặt dòng “>” ngay dưới đáp án của nó.",
            )
        elif questions[-1].answers[-1].reason:
            faults.add(line.number, "second-reason", "Đáp án này đã có lời giải thích.", "Gộp hai dòng “>” làm một.")
        else:
            questions[-1].answers[-1].reason = words
    return questions


def _check(question: _Question, faults: Faults) -> None:
    if len(question.answers) < 2:
        faults.add(
            question.line, "too-few-answers", "Câu hỏi này có ít hơn hai đáp án.", "Thêm đáp án: “+ …” và “- …”."
        )
    elif not any(answer.right for answer in question.answers):
        faults.add(
            question.line, "no-right-answer", "Câu hỏi này chưa có đáp án đúng.", "Đổi “-” thành “+” ở đáp án đúng."
        )
    elif all(answer.right for answer in question.answers):
        faults.add(
            question.line, "no-wrong-answer", "Mọi đáp án của câu này đều đúng.", "Đổi “+” thành “-” ở đáp án sai."
        )
    if len(question.answers) > len(_LETTERS):
        faults.add(
            question.line,
            "too-many-answers",
            f"Câu hỏi có {len(question.answers)} đáp án.",
            f"Giữ nhiều nhất {len(_LETTERS)}.",
        )
    texts = [answer.text for answer in question.answers]
    for answer in question.answers:
        if not answer.reason:
            faults.add(
                answer.line,
                "answer-without-reason",
                f"Đáp án “{answer.text}” chưa có lời giải thích.",
                "Thêm dòng “> vì sao” ngay dưới.",
            )
        if texts.count(answer.text) > 1:
            faults.add(answer.line, "answer-twice", f"Đáp án “{answer.text}” viết hai lần.", "Xóa một dòng.")


def _draw(question: _Question) -> str:
    many = sum(answer.right for answer in question.answers) > 1
    hint = ' <span class="hint">(chọn mọi ý đúng)</span>' if many else ""
    answers = "".join(f"<li>{inline(answer.text)}</li>" for answer in question.answers)
    reasons = "".join(
        f'<li data-right="{"true" if answer.right else "false"}">'
        f"<strong>{letter}. {'Đúng' if answer.right else 'Chưa đúng'}.</strong> "
        f"<span>{inline(answer.reason)}</span></li>"
        for letter, answer in zip(_LETTERS, question.answers, strict=False)
    )
    return (
        f'<li class="question" data-many="{"true" if many else "false"}">'
        f'<p class="ask">{inline(question.text)}{hint}</p>'
        f'<ol class="answers" type="A">{answers}</ol>'
        f'<details class="answer"><summary>{_SHOW}</summary><ul class="reasons">{reasons}</ul></details></li>'
    )


class QuizExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        register_component(md, "quiz", quiz_component, "lesson-quiz")


def makeExtension(**options: object) -> QuizExtension:  # noqa: N802 (Python-Markdown's name)
    return QuizExtension(**options)
