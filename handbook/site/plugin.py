"""MkDocs behind one small door: the only module that imports it.

`build_site` writes the pages of a manuscript; `HandbookPlugin` hands MkDocs finished pages, so that MkDocs neither
reads nor renders a lesson itself; `preview` serves a folder and rebuilds when a source changes.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from handbook.addresses import (
    MANIFEST,
    PATH_ANCHOR,
    PREVIEW_SIZE,
    SEARCH_FOLDER,
    TOUCH_ICON,
    instructor_path,
    page_url,
    qr_path,
)
from handbook.images import ImageShelf
from handbook.manuscript import Manuscript
from handbook.problems import HandbookError, Problems
from handbook.qr import QUIET_ZONE, qr_code
from handbook.site.assets import Assets, BrokenAssetError, read_assets
from handbook.site.finish import finish_site
from handbook.site.html import Pictures
from handbook.site.icons import icon_file
from handbook.site.manifest import manifest
from handbook.site.pages import SitePage, site_pages
from handbook.site.sharing import sharing

CONFIG_FILE = "mkdocs.yml"

WITH_QR_CODE = frozenset({"home.html", "group.html", "lesson.html"})
"""The templates that offer to share their page."""


@dataclass(frozen=True)
class SiteSettings:
    """What the rest of the handbook needs to know from `mkdocs.yml`. `site_url` ends with a slash."""

    title: str
    short_title: str
    description: str
    author: str
    site_url: str
    theme_folders: tuple[Path, ...]


class _NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: what a province changes stands in `curriculum/` and on top of `mkdocs.yml`."""


class HandbookPlugin(BasePlugin[_NoOptions]):  # type: ignore[no-untyped-call]
    """Gives MkDocs the finished pages of a manuscript."""

    manuscript: Manuscript | None = None
    images: ImageShelf
    assets: Assets
    advance: Callable[[int], None] = staticmethod(lambda total: None)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self.manuscript is None:
            raise PluginError(
                "Trang cần cả bản in và chỉ mục tìm kiếm: hãy chạy “make” hoặc “python build_handbook.py build”."
            )
        pages = site_pages(self.manuscript, Pictures(self.assets.drawing_styles.inline, self.images))
        self._pages: dict[str, SitePage] = {page.uri: page for page in pages}
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep pictures and pages that are published, drop what the theme would ship, add what has no source file."""
        for file in list(files):
            from_theme = file.src_dir != config.docs_dir
            unused = file.is_documentation_page() and file.src_uri not in self._pages
            if from_theme or unused or file.src_uri in self.images.replaced:
                files.remove(file)
        for page in self._pages.values():
            if not page.source_exists:
                files.append(File.generated(config, page.uri, content=""))
        overrides = Path(config.theme.dirs[0])
        tokens = (overrides / "css" / "tokens.css").read_text(encoding="utf-8")
        words = config.site_name or "", _short_title(config), config.site_description or ""
        self._icon_file, icons = icon_file(overrides, [Path(folder) for folder in config.theme.dirs])
        made: dict[str, str | bytes] = {
            self._icon_file: icons,
            "assets/icon.svg": (overrides / "assets" / "icon.svg").read_text(encoding="utf-8"),
            MANIFEST: manifest(*words, tokens),
            "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {_site_url(config)}sitemap.xml\n",
            **self.images.made,
            **self._qr_codes(_site_url(config)),
        }
        for page in self._pages.values():
            for drawings in page.drawings:
                made[f"{page_url(page.uri.removesuffix('.md'))}{drawings.name}"] = drawings.svg
        for uri, content in made.items():
            files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.INCLUDED))
        return files

    def _qr_codes(self, site_url: str) -> dict[str, str]:
        """Address below the site → the QR code shown by the page there, for each kind of page that shows one.

        `site_url` ends with a slash.
        """
        pages = [page.uri.removesuffix(".md") for page in self._pages.values() if page.template in WITH_QR_CODE]
        return {qr_path(page): qr_code(f"{site_url}{page_url(page)}", QUIET_ZONE).decode() for page in pages}

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str:
        """Nothing: the text is rendered already, and once is enough."""
        return ""

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        shown = self._pages[page.file.src_uri]
        page.meta = {"title": shown.title, "description": shown.description, "template": shown.template}
        return markdown

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        assert self.manuscript is not None
        env.trim_blocks = env.lstrip_blocks = True
        env.autoescape = True
        env.globals["groups"] = self.manuscript.handbook.groups
        env.globals["guides"] = [page for page in self._pages.values() if page.template == "guide.html"]
        env.globals["search_page"] = f"{SEARCH_FOLDER}/"
        env.globals["path_anchor"] = PATH_ANCHOR
        env.globals["manifest"] = MANIFEST
        env.globals["icon_file"] = self._icon_file
        env.globals["touch_icon"] = TOUCH_ICON.path
        env.globals["site_root"] = _site_url(config)
        env.globals["preview_size"] = PREVIEW_SIZE
        lessons = self.manuscript.handbook.lessons.values()
        env.globals["lesson_dates"] = {f"{lesson.id}.md": lesson.front_matter.updated for lesson in lessons}
        env.filters["vietnamese_date"] = lambda day: f"{day:%d/%m/%Y}"
        env.filters["for_instructors"] = instructor_path
        return env

    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        shown = self._pages[page.file.src_uri]
        assert self.manuscript is not None
        context.update(shown.view)
        words = config.site_name or "", config.site_description or "", _site_url(config), config.site_author or ""
        context["sharing"] = sharing(shown, self.manuscript.handbook, *words)
        feedback = str(config.extra.get("feedback_url", ""))
        if feedback:
            context["feedback_url"] = feedback.replace("{title}", quote(shown.title, safe="")).replace(
                "{url}", quote(page.canonical_url or "", safe="")
            )
        self.advance(len(self._pages))
        return context


def read_settings(root: Path, problems: Problems) -> SiteSettings | None:
    """The words of `mkdocs.yml` that print needs too. Reports what is missing there."""
    config = _load(root, root / "site", problems)
    if config is None:
        return None
    missing = [key for key in ("site_name", "site_url", "site_description", "site_author") if not config[key]]
    for key in missing:
        problems.add(
            "missing-setting",
            CONFIG_FILE,
            1,
            f"Thiếu “{key}”; bìa và mã QR của bản in cần dòng này.",
            f"Thêm dòng “{key}: …” vào {CONFIG_FILE}.",
        )
    if not config.use_directory_urls:
        problems.add(
            "wrong-setting",
            CONFIG_FILE,
            1,
            "“use_directory_urls” đang là false; liên kết và mã QR trên bản in sẽ sai.",
            "Đặt “use_directory_urls: true”.",
        )
    if missing or not config.use_directory_urls:
        return None
    return SiteSettings(
        config.site_name or "",
        _short_title(config),
        config.site_description or "",
        config.site_author or "",
        _site_url(config),
        tuple(map(Path, config.theme.dirs)),
    )


def _short_title(config: MkDocsConfig) -> str:
    return str(config.extra.get("short_name") or config.site_name)


def _site_url(config: MkDocsConfig) -> str:
    return f"{(config.site_url or '').rstrip('/')}/"


def build_site(
    root: Path, manuscript: Manuscript, images: ImageShelf, output: Path, advance: Callable[[int], None]
) -> int:
    """Write all pages of `manuscript` to `output`; returns their number. Raises HandbookError when MkDocs cannot."""
    problems = Problems()
    config = _load(root, output, problems)
    if config is None:
        raise HandbookError(problems)
    plugin = config.plugins["handbook"]
    assert isinstance(plugin, HandbookPlugin)
    plugin.manuscript, plugin.images = manuscript, images
    plugin.advance = advance
    try:
        plugin.assets = read_assets(Path(config.theme.dirs[0]))
        with _listening() as said:
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
        finish_site(output, plugin.assets)
    except BrokenAssetError as error:
        file = f"overrides/{error.file}"
        problems.add("broken-asset", file, 1, f"Tệp hỏng hoặc thiếu: {error}", "Sửa lại tệp trong overrides/.")
        raise HandbookError(problems) from error
    except TemplateError as error:
        file, line = _place_of(error, root)
        problems.add("broken-template", file, line, f"Mẫu trang hỏng: {error}", "Sửa mẫu trong overrides/.")
        raise HandbookError(problems) from error
    except Abort as error:
        reason = " ".join([*said, str(error)])
        problems.add("site-build", CONFIG_FILE, 1, f"Không dựng được trang: {reason}", "Xem mkdocs.yml, overrides/.")
        raise HandbookError(problems) from error
    return len(plugin._pages)


def _place_of(error: TemplateError, root: Path) -> tuple[str, int]:
    """The template and line an error comes from: from the error itself, or from where it was raised."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        file, line = error.filename, error.lineno
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
        file, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (CONFIG_FILE, 1)
    path = Path(file)
    return (path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name), line


class _Overheard(logging.Handler):
    """Keeps what MkDocs says instead of printing it in English between our own words."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    log = logging.getLogger("mkdocs")
    overheard = _Overheard()
    before = log.propagate, log.level
    log.addHandler(overheard)
    log.propagate = False
    log.setLevel(logging.WARNING)
    try:
        yield overheard.said
    finally:
        log.removeHandler(overheard)
        log.propagate, log.level = before


def _load(root: Path, output: Path, problems: Problems) -> MkDocsConfig | None:
    file = root / CONFIG_FILE
    try:
        with _listening() as said:
            config = load_config(str(file), site_dir=str(output))
    except (Abort, ConfigurationError) as error:
        reason = " ".join(" ".join([*said, str(error)]).split())
        problems.add("wrong-setting", CONFIG_FILE, 1, f"Cấu hình không dùng được: {reason}", "So với mkdocs.yml mẫu.")
        return None
    if "handbook" not in config.plugins:
        problems.add("wrong-setting", CONFIG_FILE, 1, "Thiếu plugin “handbook”.", "Thêm “- handbook” dưới “plugins:”.")
        return None
    return config


def preview(
    folder: Path, watched: Sequence[Path], rebuild: Callable[[], None], host: str, port: int, base_path: str = "/"
) -> None:
    """Serve `folder` until interrupted; after a change in `watched`, call `rebuild` and reload open pages."""
    lock = threading.Lock()

    def build() -> None:
        with lock:
            rebuild()

    server = LiveReloadServer(builder=build, host=host, port=port, root=str(folder), mount_path=base_path)
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
