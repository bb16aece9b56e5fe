"""Bytes → text: the encoding told from the bytes, line ends unified, control characters dropped.

Everything else stays as the source has it; no Unicode normalisation is done.
"""

from __future__ import annotations

import codecs
import re

from casequote.corpus.errors import UnknownFormat, UnreadableFile

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|"""
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NEWLINE = re.compile(r"\r\n?|\f|\v")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# French, German, Spanish and Catalan, Portuguese, Italian, Nordic, Dutch
_WESTERN = tuple(
    frozenset(letters)
    for letters in (
        "àâæçèéêëîïôœùûüÿ",
        "äöüßé",
        "àáèéíïñòóúüçªº",
        "àáâãçéêíóôõúüªº",
        "àèéìíîòóùú",
        "åäöæøéüà",
        "áèéëíïóöúü",
    )
)
# What Windows-1250, ISO 8859-2 and others turn into when they are read as Windows-1252.
_UNLIKELY = re.compile(r"[^\W\d_][¡-¿](?<![’ªº·])(?=[^\W\d_])|[£¥¼¾¯](?=[^\W\d_])|[^\W\d_][¿¯]")
_OTHERS = [
    *("cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp1258", "cp874", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
_FEW = 0.02
_CLEAR = 15.0
_CLEANER = 5.0
"""Percentage points of likeness to a language, and of disorder, by which the best must lead."""
_DECLARED_WITHIN = 4_096
_SAMPLE = 100_000
_MOST_CONTROL = 0.01
"""Share of control characters from which a file is taken for something other than text."""


def decode_text(data: bytes, name: str) -> str:
    """The text of a file.

    Raises UnreadableFile when its encoding cannot be told, UnknownFormat when it is no text.
    """
    text = _decoded(data, name)
    if _has_much_control(text[:_SAMPLE]):
        raise no_text(name)
    return clean(text)


def clean(text: str) -> str:
    """Line ends unified; control characters but tabs dropped; halves of characters replaced."""
    text = _NEWLINE.sub("\n", text.removeprefix("\ufeff"))
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def no_text(name: str) -> UnknownFormat:
    """The error for a file of no known kind."""
    return UnknownFormat(
        f"{name}: this is neither text nor another kind of file that is read; give text, Markdown, "
        "HTML, PDF, DOCX, YAML or JSON Lines"
    )


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\x00" in data[:_SAMPLE] and (two_bytes := _two_bytes(data)):
        return _strict(data, two_bytes, name)
    if _has_much_control(data[:_SAMPLE].decode("latin-1")):
        raise no_text(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise UnreadableFile(
                f"{name}, line {line}: the byte {data[error.start]:#04x} is not UTF-8, although "
                "the rest is; open the file in an editor, correct the line and save it as UTF-8"
            ) from error
    return _declared(data) or _western(data) or _guessed(data, name)


def _has_much_control(sample: str) -> bool:
    return len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: it begins like {encoding.upper()} text, but byte {error.start} does not fit; "
            "save it as UTF-8"
        ) from error


def _two_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark, when nearly every other byte is zero."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    half = len(sample) // 2
    if len(data) % 2 or not half:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    if even > 0.7 and odd < 0.05:
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII form UTF-8, which other encodings hardly ever do."""
    valid = sum(len(sequence) for sequence in _MULTIBYTE.findall(data))
    beyond = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    return 2 * valid > beyond


def _declared(data: bytes) -> str | None:
    """The text in the encoding that an HTML page declares, if it does and that fits."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    if not found:
        return None
    encoding = (found.group(1) or found.group(2)).decode("ascii").lower()
    if encoding in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        encoding = "cp1252"  # what browsers read under these names (WHATWG Encoding Standard)
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _western(data: bytes) -> str | None:
    """The text as Windows-1252, when its accented letters are those of one western language.

    Few of them may be of several languages: names in an English text.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if _UNLIKELY.search(text):
        return None
    letters = sum(map(str.isalpha, text))
    accented = [c for c in text.lower() if c.isalpha() and not c.isascii()]
    used = set(accented)
    if len(accented) <= _FEW * letters and used <= set().union(*_WESTERN):
        return text
    return text if any(used <= alphabet for alphabet in _WESTERN) else None


def _guessed(data: bytes, name: str) -> str:
    """The text in the only encoding that gives words of a language."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data, cp_isolation=_OTHERS))
    matches = [match for match in matches if _has_usual_case(str(match))] or matches
    rivals = {
        str(match)
        for match in matches
        if match.percent_coherence > matches[0].percent_coherence - _CLEAR
        and match.percent_chaos < matches[0].percent_chaos + _CLEANER
    }
    if len(rivals) != 1 or matches[0].language == "Unknown":
        raise UnreadableFile(
            f"{name}: its text encoding cannot be told; open it in an editor and save it as UTF-8"
        )
    return str(matches[0])


def _has_usual_case(text: str) -> bool:
    """Whether small letters prevail; KOI8-R and Windows-1251 turn into each other's capitals."""
    return sum(map(str.islower, text)) >= sum(map(str.isupper, text))
