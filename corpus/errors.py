"""Errors of the whole project: each says the fact, the place and the remedy.

CaseQuoteError
├── InvalidDocument        a file or document that cannot be used
│   ├── UnknownFormat      the kind of file is not one that is read
│   └── UnreadableFile     the file cannot be opened, decoded or parsed
├── DuplicateDocument      two documents of one run claim the same id
├── LibraryError           the library folder cannot be used as it is
│   ├── LibraryMissing     there is no library where one is needed
│   └── LibraryDamaged     stored data do not match their checksums
├── NotInLibrary           a case, document or filter value that the library does not have
├── InvalidRequest         a question or option that cannot be taken as it stands
└── EncoderError           the encoder's model is missing or is not the one expected
"""

from __future__ import annotations


class CaseQuoteError(Exception):
    """Base of every error that a user may see; its text is written for the user."""


class InvalidDocument(CaseQuoteError):
    """A file or document that cannot be used."""


class UnknownFormat(InvalidDocument):
    """The kind of file is not one that is read."""


class UnreadableFile(InvalidDocument):
    """The file cannot be opened, decoded or parsed."""


class DuplicateDocument(CaseQuoteError):
    """Two documents of one run claim the same id."""


class LibraryError(CaseQuoteError):
    """The library folder cannot be used as it is."""


class LibraryMissing(LibraryError):
    """There is no library where one is needed."""


class LibraryDamaged(LibraryError):
    """Stored data do not match their checksums."""


class NotInLibrary(CaseQuoteError):
    """A case, document or filter value that the library does not have."""


class InvalidRequest(CaseQuoteError):
    """A question or option that cannot be taken as it stands."""


class EncoderError(CaseQuoteError):
    """The encoder's model is missing or is not the one expected."""
