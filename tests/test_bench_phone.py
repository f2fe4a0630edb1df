"""What the phone benchmark says and compares, without Lighthouse: words, weights, medians, budgets."""

from __future__ import annotations

import gzip
import http.client
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as pages
from markdown import markdown as to_html

from bench.phone.first_view import FirstView, blocking_paths, first_view
from bench.phone.host import Host
from bench.phone.lighthouse import CATEGORIES, EDGE_APPLIED, EDGE_OF_COVERAGE, SLOW_4G, Asked, Fault, Load, Network
from bench.phone.peers import bare_html, markdown, source_of
from bench.phone.plain import plain_page
from bench.phone.results import BARE, OURS, STOCK, Result, Results, Run
from bench.phone.weights import same_lessons, verdicts

LESSON = """<!doctype html><html lang="vi"><head><title>Quét mã – Cẩm nang</title>
<meta name="description" content="Một câu.">
</head><body><nav><a href="../">Nhóm</a></nav><main class="page lesson"><p class="crumbs">Bài 1/2</p><article>
<header><h1>Quét mã</h1><p class="facts"><span class="icon"><svg><text>vẽ</text></svg></span>9 phút</p></header>
<details class="toc"><summary>Trong bài này</summary><ul><li><a href="#a">Mục</a></li></ul></details>
<section><h2 id="a">Các bước *đầu*</h2>
<p>Mở <a class="term" data-meaning="x" href="../tu-ngu/#qr">mã QR</a> rồi <strong>chạm</strong> &lt;Quét&gt;.</p>
<lesson-screens><ol class="strip"><li>
<figure><img src="man-hinh.svg#s1" alt="vẽ"><figcaption>Chạm nút.</figcaption></figure></li>
</ol></lesson-screens>
<table><thead><tr><th scope="col">Thấy</th></tr></thead>
<tbody><tr><td data-align="left">Chữ đỏ</td></tr></tbody></table>
<div>Chữ rời <em>ngoài đoạn</em></div>
<ol class="path"><li><h3>Chặng 1</h3><p>Mở đầu.</p></li></ol>
<pre class="highlight"><code>dòng một

  dòng hai</code></pre>
<details class="answer"><summary>Xem đáp án</summary><p>Cúp máy.</p></details>
<button type="button">Bấm</button><script>bo()</script></section></article>
<aside><p>Tải phiếu in</p></aside></main></body></html>"""


def _said(page: str) -> str:
    """All that a page says, in order and without spaces."""
    body = pages.document_fromstring(page).find("body")
    assert body is not None
    return "".join("".join(body.itertext()).split())


def test_peers_keep_every_word_of_the_lesson_and_none_of_its_furniture() -> None:
    plain = plain_page(LESSON)
    words = (
        "Quét mã 9 phút Các bước *đầu* Mở mã QR rồi chạm <Quét>. Chạm nút. Thấy Chữ đỏ Chữ rời ngoài đoạn Chặng 1 "
        "Mở đầu. dòng một dòng hai Xem đáp án Cúp máy."
    )
    assert _said(bare_html(plain)) == words.replace(" ", "")
    stock = to_html(markdown(plain).split("---\n\n", 1)[1], extensions=["tables", "attr_list"])
    assert _said(f"<body>{stock}</body>") == words.replace(" ", "")
    assert [block.tag for block in plain.blocks][:4] == ["h1", "p", "h2", "p"]
    for kept in ('<a href="../tu-ngu/#qr">mã QR</a>', "<td>Chữ đỏ</td>", '<th scope="col">', "dòng một\n\n  dòng hai"):
        assert kept in bare_html(plain)
        assert kept in stock
    assert "<h3>Chặng 1</h3>" in stock  # a heading for the theme's list of contents, not a part of a list


def test_real_pages_lose_no_paragraph() -> None:
    """Every paragraph, heading, item and cell of a real source is found again in the peers' words."""
    source = Path(__file__).parents[1] / "docs" / "huong-dan" / "viet-bai.md"
    text = to_html(source.read_text(encoding="utf-8"), extensions=["tables", "fenced_code"])
    page = f"<html><head><title>x</title></head><body><main>{text}</main></body></html>"
    assert len(_said(page)) > 3000
    assert _said(bare_html(plain_page(page))) == _said(page)


def test_a_page_above_others_is_an_index_for_mkdocs() -> None:
    folders = ["", "nhom/", "nhom/bai/", "tim-kiem/"]
    assert [source_of(folder, folders) for folder in folders] == [
        "index.md",
        "nhom/index.md",
        "nhom/bai.md",
        "tim-kiem.md",
    ]


def test_what_blocks_the_first_paint() -> None:
    page = "http://here/bai/"
    markup = """<html><head><link rel="stylesheet" href="../a.css"><link rel="stylesheet" media="print" href="p.css">
    <link rel="modulepreload" href="m.js"><script src="wait.js"></script><script defer src="d.js"></script>
    <script type="module" src="m.js"></script></head><body><p>x</p><script src="/last.js"></script></body></html>"""
    assert blocking_paths(page, markup) == {"/bai/", "/a.css", "/bai/wait.js"}


def test_first_view_counts_what_the_host_sends() -> None:
    page = "http://here/bai/?q=1"
    markup = '<html><head><link rel="stylesheet" href="/a.css"></head><body></body></html>'
    loaded = (
        Asked(page, "Document", 1),
        Asked("http://here/a.css", "Stylesheet", 1),
        Asked("http://here/worker.js", "Script", 1),  # Lighthouse sees only a worker's header
        Asked("http://there/x.js", "Script", 7),
    )
    sent = ["/bai/", "/a.css", "/worker.js", "/robots.txt", "/lazy.svg", "/a.css"]
    weights = {"/bai/": 1000, "/a.css": 200, "/worker.js": 30, "/lazy.svg": 4, "/robots.txt": 50_000}
    view = first_view(page, markup, loaded, sent, weights.__getitem__)
    assert (view.blocking, view.rest, view.all) == (1200, 30, 1230)
    assert view.later == 204  # the picture, and the stylesheet once more
    assert view.kinds == {"Document": 1000, "Stylesheet": 200, "Script": 30}
    assert view.foreign == ("http://there/x.js",)


def _result(page: str, site: str, paints: list[float], view: int = 40_000, network: Network = SLOW_4G) -> Result:
    weighed = FirstView(10_000, view - 10_000, 0, {}, {"/": view})
    load = Load(dict.fromkeys(CATEGORIES, 100), 1, 1, 0, 0, (), (), 3000, "13")
    return Result(page, site, network, tuple(Run(replace(load, largest_paint=paint), weighed) for paint in paints))


def _measured(stock: float, bare: float, edge: float) -> Results:
    results = Results()
    results.add(_result("lesson", OURS, [5000, 900, 800]))
    results.add(_result("lesson", STOCK, [stock]))
    results.add(_result("lesson", BARE, [bare]))
    results.add(_result("lesson", OURS, [1600], network=EDGE_OF_COVERAGE))
    results.add(_result("lesson", STOCK, [edge], network=EDGE_OF_COVERAGE))
    results.add(_result("lesson", OURS, [800, 700, 600], network=EDGE_APPLIED))
    results.add(_result("lesson", STOCK, [1950], network=EDGE_APPLIED))
    return results


def test_the_median_counts() -> None:
    assert _result("lesson", OURS, [5000, 900, 800]).largest_paint == 900
    assert "| lesson | ours | 100 | 100 | 100 | 100 | 0.90 |  |" in _measured(1500, 750, 4000).table(SLOW_4G)


def test_every_load_is_told_where_they_differ() -> None:
    assert _measured(1500, 750, 4000).every_largest_paint(EDGE_APPLIED) == [
        "lesson, ours: 0.60, 0.70, 0.80",
        "lesson, stock Material: 1.95",
    ]


def test_a_network_is_simulated_or_applied() -> None:
    assert EDGE_OF_COVERAGE.options() == ["--throttling.rttMs=400", "--throttling.throughputKbps=400"]
    assert "--throttling-method=devtools" in EDGE_APPLIED.options()


def test_budgets_kept() -> None:
    lines = _measured(stock=1500, bare=750, edge=4000).verdicts()
    assert [line.split(":")[0] for line in lines] == ["Budget kept"] * 7
    assert "Budget kept: LCP, ours ÷ stock Material, at most 0.65: lesson 0.60." in lines
    assert "Budget kept: first view, at most 45 KB: lesson 39.06 KB." in lines
    assert any("before each answer, applied, at most 0.4: lesson 0.36." in line for line in lines)


def test_budgets_exceeded_name_the_page() -> None:
    results = _measured(stock=1300, bare=700, edge=3900)
    results.add(_result("lesson", OURS, [900], view=46_081))
    results.add(_result("home", OURS, [700], view=99_000))
    lines = results.verdicts()
    assert "Budget EXCEEDED: LCP, ours ÷ stock Material, at most 0.65: lesson 0.69." in lines
    assert "Budget EXCEEDED: LCP, ours ÷ bare, at most 1.25: lesson 1.29." in lines
    assert "Budget EXCEEDED: LCP, ours ÷ stock Material, at 400 kbit/s, 400 ms, at most 0.4: lesson 0.41." in lines
    assert "Budget EXCEEDED: first view, at most 45 KB: lesson 45.00 KB." in lines


def test_a_mark_below_100_and_what_lacks_are_told() -> None:
    result = _result("home", OURS, [700])
    faults = [Fault("seo", "robots", "Robots", score, 1, "", ("head > meta",)) for score in (0.5, 0.2, 0.7)]
    load = replace(result.runs[0].load, scores={**result.runs[0].load.scores, "seo": 92}, faults=tuple(faults))
    results = Results()
    results.add(replace(result, runs=(replace(result.runs[0], load=load),)))
    assert results.verdicts()[0] == "Budget EXCEEDED: 100 / 100 / 100 / 100: home 100 / 100 / 100 / 92."
    assert results.lacking() == ["**home**: seo `robots` 0.2 at `head > meta`."]


@pytest.mark.parametrize(("document", "word"), [(10_300, "kept"), (10_302, "EXCEEDED")])
def test_a_lesson_must_weigh_the_same_in_a_large_handbook(document: int, word: str) -> None:
    small = FirstView(10_000, 0, 0, {"Document": 9_000, "Script": 1_000}, {})
    large = FirstView(document, 0, 0, {"Document": document - 1_000, "Script": 1_000}, {})
    (line,) = verdicts({60: {"a/b": small}, 1000: {"a/b": large}})
    assert line.startswith(f"Budget {word}: ")
    assert re.search(r"Document 9,000 → 9,30[02]\b", line)
    assert same_lessons(60) == (0, 30)


def test_the_host_compresses_and_counts(tmp_path: Path) -> None:
    (tmp_path / "bai").mkdir()
    (tmp_path / "bai" / "index.html").write_text("<p>" + "chữ " * 500, encoding="utf-8")
    (tmp_path / "a.js").write_text("let a", encoding="utf-8")
    (tmp_path / "a.js.gz").write_bytes(gzip.compress(b"from beside"))
    (tmp_path / "x.pf_meta").write_bytes(b"\x1f\x8bpacked already")
    (tmp_path / "404.html").write_text("không có", encoding="utf-8")
    with Host(tmp_path) as host:
        line = http.client.HTTPConnection(host.address[len("http://") : -1], timeout=5)
        said = {}
        for path in ("/bai/?q=1", "/a.js", "/x.pf_meta", "/none", "/bai"):  # all over one connection
            line.request("GET", path)
            answer = line.getresponse()
            said[path] = (
                answer.status,
                answer.getheader("Content-Type"),
                answer.getheader("Content-Encoding"),
                answer.read(),
            )
        line.close()
    page = said["/bai/?q=1"]
    assert page[:3] == (200, "text/html; charset=utf-8", "gzip")
    assert gzip.decompress(page[3]).startswith("<p>chữ".encode())
    answer = host.answer("/bai/")
    assert answer.body == page[3]
    assert 0 < len(answer.head) < 300
    assert gzip.decompress(said["/a.js"][3]) == b"from beside"
    assert said["/x.pf_meta"][1:] == ("application/octet-stream", None, b"\x1f\x8bpacked already")
    assert said["/none"][0] == 404
    assert said["/bai"][0] == 301
    assert host.asked == ["/bai/", "/a.js", "/x.pf_meta", "/none", "/bai"]
