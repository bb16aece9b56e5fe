"""Markdown becomes an article in plain words, its headings as sections."""

import pytest

from casequote.corpus.document import Document
from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers import read_bytes
from tests.corpus.readers.samples import read_one

ARTICLE = """\
---
title: "Raids in four cities"
date: 2014-05-02 10:00
publisher: The Daily
url: https://example.org/raids
---
# Raids in four cities

Police **arrested** four [men](https://example.org/men) on *Tuesday*,
after a `joint` operation. &amp; more &lt;b&gt;

## What was seized

- 250 laptops
- phones
  and ledgers
- <b>two</b> cars

3. third
4. fourth

### Details

| item | count |
|------|-------|
| car  | 2     |

> A quotation.

Setext heading
--------------

    code line

<div>in a block &eacute;</div>
<script>alert(1)</script>

![a picture](x.png)
"""


def read(text: str) -> Document:
    return read_one(text, "file.md")


def test_marks_and_tags_are_gone_and_words_are_kept() -> None:
    assert read(ARTICLE).text == (
        "Raids in four cities\n\n"
        "Police arrested four men on Tuesday, after a joint operation. & more <b>\n\n"
        "What was seized\n\n"
        "• 250 laptops\n• phones and ledgers\n• two cars\n3. third\n4. fourth\n\n"
        "Details\n\nitem | count\ncar | 2\n\nA quotation.\n\n"
        "Setext heading\n\ncode line\n\nin a block é\n\na picture"
    )


def test_headings_are_sections_but_for_the_title() -> None:
    document = read(ARTICLE)
    assert [section.path for section in document.sections] == [
        ("What was seized",),
        ("What was seized", "Details"),
        ("Setext heading",),
    ]
    for section in document.sections:
        assert section.heading
        assert document.text[slice(*section.heading)] == section.path[-1]
    assert document.quote(document.sections[1]) == "item | count\ncar | 2\n\nA quotation."


def test_the_lines_at_the_top_say_what_the_article_is() -> None:
    document = read(ARTICLE)
    assert (document.title, document.date) == ("Raids in four cities", "2014-05-02")
    assert (document.publisher, document.url) == ("The Daily", "https://example.org/raids")


@pytest.mark.parametrize(
    ("text", "title", "sections"),
    [
        ("Plain words.\n", "Plain words", []),
        ("# Title\n\nText\n", "Title", []),
        ("# One\n\na\n\n# Two\n\nb\n", "One", ["Two"]),
        ("Text first.\n\n# One\n\na\n", "Text first.", ["One"]),
        ("---\n\nA rule is no list of keys.\n", "A rule is no list of keys", []),
    ],
)
def test_title_and_sections_follow_the_headings(text: str, title: str, sections: list[str]) -> None:
    document = read(text)
    assert (document.title, [s.label for s in document.sections]) == (title, sections)


def test_a_text_of_marks_alone_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.md: it holds no text, only Markdown marks; add"):
        read_bytes(b"# \n\n---\n\n<!-- note -->\n", "x.md")
