"""The command line: build, serve, check, new, report. All words are for editors, so they are Vietnamese."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from handbook.problems import FORMATS, HandbookError, Problem, Problems
from handbook.progress import make_progress

DEFAULT_ADDRESS = "127.0.0.1:8000"


class _Parser(argparse.ArgumentParser):
    """argparse with Vietnamese furniture."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)  # type: ignore[arg-type]
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện lời hướng dẫn này")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"Không hiểu lệnh ({message}). Xem: python {self.prog} --help\n")
        sys.exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 problems in the handbook, 2 a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Vietnamese, whatever the system's locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except HandbookError as error:
        print(FORMATS["text"](error.problems), file=sys.stderr)
        print("Chưa dựng gì; bản đã dựng lần trước vẫn nguyên.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng; bản đã dựng lần trước vẫn nguyên.", file=sys.stderr)
        return 130


def _parser() -> _Parser:
    parser = _Parser(
        prog="build_handbook.py",
        description="Dựng Cẩm nang Bình dân học vụ số: bài Markdown thành trang đọc trên điện thoại và bản in PDF.",
        epilog=(
            "Ví dụ:\n"
            "  python build_handbook.py build                         dựng site/ với mọi bản in\n"
            "  python build_handbook.py serve                         xem thử, tự tải lại khi sửa\n"
            "  python build_handbook.py check docs/nguoi-dan          soát các bài trong một thư mục\n"
            "  python build_handbook.py new nguoi-dan/doi-mat-khau    tạo bài mới từ mẫu\n"
        ),
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help=argparse.SUPPRESS)
    commands = parser.add_subparsers(title="Lệnh", metavar="<lệnh>", required=True, parser_class=_Parser)

    build = commands.add_parser("build", help="dựng trang và mọi bản in PDF vào site/")
    build.add_argument("--site", type=Path, default=None, help="dựng vào thư mục khác thay cho site/")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="xem thử trên máy này, tự dựng lại khi sửa tệp")
    serve.add_argument("--address", default=DEFAULT_ADDRESS, help=f"địa chỉ và cổng (mặc định {DEFAULT_ADDRESS})")
    serve.set_defaults(run=_serve)

    check = commands.add_parser("check", help="soát bài và chương trình học, không dựng gì")
    check.add_argument("paths", nargs="*", type=Path, help="chỉ hiện lỗi của các tệp, thư mục này")
    check.add_argument(
        "--format",
        choices=sorted(FORMATS),
        default="text",
        help="text cho người, json cho máy, github cho pull request",
    )
    check.set_defaults(run=_check)

    new = commands.add_parser("new", help="tạo một bài mới đúng mẫu")
    new.add_argument("lesson", metavar="<nhóm>/<bài>", help="ví dụ nguoi-dan/doi-mat-khau")
    new.add_argument("--title", default="", help="tên bài, ví dụ “Đổi mật khẩu Zalo”")
    new.set_defaults(run=_new)

    report = commands.add_parser("report", help="bảng nhóm, lộ trình, năng lực và hệ thống đã có bài dạy")
    report.add_argument("--write", action="store_true", help="lập lại bảng curriculum/COVERAGE.md")
    report.set_defaults(run=_report)
    return parser


def _root(options: argparse.Namespace) -> Path:
    root: Path = options.root.resolve()
    return root


def _build(options: argparse.Namespace) -> int:
    from handbook.build import build
    from handbook.swap import BuildRunning, UnsafeFolder

    root = _root(options)
    site = Path.cwd() / (options.site or root / "site")  # not resolved: a link in its place must be seen
    try:
        with make_progress() as progress:
            summary = build(root, site, progress)
    except BuildRunning:
        print(f"Một lần dựng khác đang chạy cho {site}. Đợi nó xong rồi thử lại.", file=sys.stderr)
        return 1
    except UnsafeFolder as error:
        print(f"Không dựng vào đó: {error}. Chọn một thư mục mới hoặc trống.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Không ghi được {error.filename or site}: {error.strerror}. Bản trước vẫn nguyên.", file=sys.stderr)
        return 1
    for warning in summary.warnings.warnings:
        print(warning)
    print(
        f"Xong sau {summary.seconds:.1f} giây: {summary.groups} nhóm, {summary.lessons} bài, "
        f"{summary.pages} trang web, {summary.pdfs} tệp PDF ({summary.printed_pages} trang in), "
        f"{len(summary.warnings)} lưu ý."
    )
    shown = site.relative_to(Path.cwd()) if site.is_relative_to(Path.cwd()) else site
    print(f"Mở: {shown / 'index.html'}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    import shutil
    import tempfile

    from handbook.build import build
    from handbook.site.plugin import preview

    host, _, port = str(options.address).rpartition(":")
    if not host or not port.isdigit():
        print(f"Địa chỉ “{options.address}” không đúng dạng; viết như {DEFAULT_ADDRESS}.", file=sys.stderr)
        return 2
    root = _root(options)
    # A preview never touches site/: what is published stays what was built on purpose.
    folder = Path(tempfile.mkdtemp(prefix="cam-nang-"))
    site = folder / "site"

    def rebuild() -> None:
        try:
            with make_progress() as progress:
                summary = build(root, site, progress)
            print(f"Đã dựng lại sau {summary.seconds:.1f} giây.")
        except HandbookError as error:
            print(FORMATS["text"](error.problems), file=sys.stderr)
            print("Trang xem thử giữ bản trước; sửa tệp rồi lưu, trang sẽ tự dựng lại.", file=sys.stderr)

    try:
        rebuild()
        site.mkdir(exist_ok=True)
        print(f"Mở http://{options.address}/ — bấm Ctrl+C để dừng.")
        watched = [root / name for name in ("docs", "curriculum", "overrides", "print", "mkdocs.yml")]
        preview(site, watched, rebuild, host, int(port))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _check(options: argparse.Namespace) -> int:
    from handbook.making import read

    root = _root(options)
    wanted = [path.resolve() for path in options.paths]
    for path in wanted:
        if not path.exists():
            print(f"Không có {path}.", file=sys.stderr)
            return 2

    def asked_for(problem: Problem) -> bool:
        file = root / problem.file
        return not wanted or any(file == path or path in file.parents for path in wanted)

    found = Problems()
    read(root, found, advise=True)
    problems = [problem for problem in found if asked_for(problem)]
    shown = FORMATS[options.format](problems)
    if shown:
        print(shown)
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def _new(options: argparse.Namespace) -> int:
    from handbook.scaffold import ScaffoldError, new_lesson

    root = _root(options)
    try:
        path = new_lesson(root, options.lesson, options.title)
    except ScaffoldError as error:
        print(error, file=sys.stderr)
        return 1
    group = options.lesson.split("/")[0]
    print(f"Đã tạo {path.relative_to(root)}.")
    print(f"Việc tiếp theo: thêm “- {options.lesson}” vào một chặng trong curriculum/groups/{group}.yml, rồi viết bài.")
    return 0


def _report(options: argparse.Namespace) -> int:
    from handbook.book import read_handbook
    from handbook.coverage_table import COVERAGE_FILE, coverage_table
    from handbook.report import report

    root = _root(options)
    if not options.write:
        print(report(root))
        return 0
    problems = Problems()
    handbook = read_handbook(root, problems)
    if handbook is None:
        raise HandbookError(problems)
    (root / COVERAGE_FILE).write_text(coverage_table(handbook), encoding="utf-8")
    print(f"Đã lập lại {COVERAGE_FILE}.")
    return 0
