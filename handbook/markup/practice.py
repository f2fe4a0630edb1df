"""`practice` blocks in; a checklist of tasks to do on one's own phone out.

Markdown extension. Each task is a line that starts with `-`. The phone remembers the ticks; paper has boxes, room for
notes and a line for the helper's signature.

    <lesson-practice> <ul class="tasks"> <li> … </li> </ul> </lesson-practice>
"""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension

from handbook.markup.fences import Block, Faults, register_component
from handbook.markup.inline import inline

MAX_TASKS = 8


def practice_component(block: Block, faults: Faults) -> str:
    before = len(faults.found)
    tasks: list[str] = []
    for line in block.lines:
        text = line.text.strip()
        if not text:
            continue
        if not text.startswith("- "):
            faults.add(
                line.number,
                "not-a-task",
                f"Dòng “{text[:40]}” không bắt đầu bằng “- ”.",
                f"Viết “- {text.lstrip('-*+ ')[:60]}”.",
            )
            continue
        words = text[2:].removeprefix("[ ]").removeprefix("[x]").strip()
        if not words:
            faults.add(
                line.number, "empty-task", "Việc này chưa có chữ.", "Viết một việc làm được ngay, hoặc xóa dòng."
            )
        elif words in tasks:
            faults.add(line.number, "task-twice", f"Việc “{words}” viết hai lần.", "Xóa một dòng.")
        else:
            tasks.append(words)
    if not tasks and len(faults.found) == before:
        faults.add(block.line, "empty-practice", "Khối “practice” chưa có việc nào.", "Thêm dòng “- Việc cần làm”.")
    if len(tasks) > MAX_TASKS:
        faults.add(
            block.line,
            "too-many-tasks",
            f"Khối “practice” có {len(tasks)} việc.",
            f"Giữ nhiều nhất {MAX_TASKS} việc cho một bài.",
        )
    if len(faults.found) > before:
        return ""
    items = "".join(f"<li>{inline(task)}</li>" for task in tasks)
    return f'<lesson-practice><ul class="tasks">{items}</ul></lesson-practice>'


class PracticeExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        register_component(md, "practice", practice_component, "lesson-practice")


def makeExtension(**options: object) -> PracticeExtension:  # noqa: N802 (Python-Markdown's name)
    return PracticeExtension(**options)
