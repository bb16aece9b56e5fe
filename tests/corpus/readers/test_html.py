"""A web page becomes an article: its main text in plain words, headings as sections."""

import pytest

from casequote.corpus.document import Document
from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers import read_bytes
from tests.corpus.readers.samples import SENTENCES, read_one

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>
<title>Raids in four cities | The Daily</title>
<meta property="og:title" content="Raids in four cities">
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2014-05-02T10:00:00Z">
<link rel="canonical" href="https://example.org/raids">
<script>var text = "<p>Script words</p>";</script><style>p {{ color: red }}</style>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News menu</a></li></ul></nav>
<article>
<h1>Raids in four cities</h1>
<p>{SENTENCES}</p>
<h2>What was seized &amp; where</h2>
<p>{SENTENCES} &ldquo;Not all&rdquo; is known &lt;b&gt; yet.</p>
<ul><li>Two hundred and fifty laptops and phones</li><li>Two ledgers with payments</li></ul>
<h3>In the harbour</h3>
<p>{SENTENCES}</p>
</article>
<footer><p>Footer words of the site</p></footer>
</body></html>"""


def read(page: str) -> Document:
    return read_one(page, "page.html")


def test_the_main_text_is_read_without_menus_and_scripts() -> None:
    text = read(PAGE).text
    assert text.startswith("Raids in four cities\n\nPolice in the harbour town arrested four men")
    assert "\n\n• Two hundred and fifty laptops and phones\n• Two ledgers with payments\n\n" in text
    assert "“Not all” is known <b> yet." in text
    for absent in ("Script words", "color: red", "News menu", "Footer words", "&amp;", "</"):
        assert absent not in text


def test_the_page_says_what_it_is() -> None:
    document = read(PAGE)
    assert (document.title, document.publisher) == ("Raids in four cities", "The Daily")
    assert (document.date, document.url) == ("2014-05-02", "https://example.org/raids")


def test_headings_are_sections_but_for_the_title() -> None:
    document = read(PAGE)
    assert [section.label for section in document.sections] == [
        "What was seized & where",
        "What was seized & where > In the harbour",
    ]
    assert document.quote(document.sections[1]) == SENTENCES


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One &eacute;</p><p>Two</p><p>Three</p>", "One é\n\nTwo\n\nThree"),
        ("<html><body>Bare words</body></html>", "Bare words"),
        ("<html><p>One<p>Two<br>lines<br><br>Three", "One\n\nTwo\nlines\n\nThree"),
        ("<html><p>A <b>bold</b>\n  word</p>", "A bold word"),
        ("<html><div>One<span> two</span></div><div>Three</div>", "One two\n\nThree"),
        ("<html><pre>a  b\n  c</pre>", "a  b\nc"),
        ("<?xml version='1.0' encoding='utf-16'?><html><p>Words</p></html>", "Words"),
        ("<!DOCTYPE html><!DOCTYPE html><html><p>Words</p></html>", "Words"),
        ("<html><p hidden>no</p><p>yes</p><div class='breadcrumb'>no</div></html>", "yes"),
        ("<html><ul><li>one<li>two</ul></html>", "• one\n• two"),
        (
            "<html><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></html>",
            "a | b\nc | d",
        ),
        (
            "<html><table><tr><td><h2>Menu</h2></td><td><p>One</p><p>Two</p></td></tr></table>",
            "Menu\n\nOne\n\nTwo",
        ),
    ],
)
def test_short_pages_are_read_whole(page: str, text: str) -> None:
    assert read(page).text == text


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><script>alert('x')</script><nav>Home</nav></body></html>",
        "<html><!-- only a comment --></html>",
        "<!DOCTYPE html>",
        "<html><p>&nbsp;</p></html>",
    ],
)
def test_a_page_without_words_is_unreadable(page: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.html: .*; "):
        read_bytes(page.encode(), "x.html")


def test_a_page_without_date_site_or_address_has_none() -> None:
    document = read("<html><title>A page</title><p>Words of it</p></html>")
    assert (document.date, document.publisher, document.url) == (None, None, None)
    assert document.title == "A page"


def test_an_address_that_is_no_web_address_is_not_taken() -> None:
    page = "<html><link rel='canonical' href='javascript:alert(1)'><p>Words</p></html>"
    assert read(page).url is None


def test_deep_nesting_is_harmless() -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        read_bytes(b"<div>" * 50_000 + b"words", "deep.html")


def test_reading_does_not_depend_on_what_was_read_before() -> None:
    first = read(PAGE)
    read(PAGE.replace("harbour", "mountain"))
    assert read(PAGE) == first
