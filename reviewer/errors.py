"""Every error that a caller of the reviewer may meet.

ReviewerError                 base; str(error) is one clear Chinese sentence for the user
├── UnreadableFile            the input file cannot be read as a declaration
│   ├── UnsupportedFormat     not a format that we read (told by content, not by name)
│   ├── EncryptedFile         protected by a password
│   ├── DamagedFile           truncated or malformed
│   ├── FileTooLarge          over one of the reading limits (zip bomb, pages, nesting …)
│   └── NotADeclaration       readable, but another kind of document altogether
├── ReadingStopped            the guarded child hit its time, CPU or memory limit, or died
│   └── NeedsRecognition      pages need OCR, for which the limits of this reading are too low
├── PolicyError               a policy pack is unknown or invalid (file, line, reason)
├── UsageError                the words of a call cannot be used
└── MissingProgram            an optional program or package that the call needs is absent
"""


class ReviewerError(Exception):
    """Base of all expected failures; the message is shown to users as it is."""


class UnreadableFile(ReviewerError):
    """The input file cannot be read as a declaration."""


class UnsupportedFormat(UnreadableFile):
    """The content is of a kind that the reviewer does not read."""


class EncryptedFile(UnreadableFile):
    """The file is protected by a password."""


class DamagedFile(UnreadableFile):
    """The file is truncated or malformed beyond reading."""


class FileTooLarge(UnreadableFile):
    """The file exceeds a reading limit."""


class NotADeclaration(UnreadableFile):
    """The document can be read but shows nothing of the declaration's form."""


class ReadingStopped(ReviewerError):
    """The guarded child was stopped at its time, CPU or memory limit, or died."""


class NeedsRecognition(ReadingStopped):
    """Pages without usable text need OCR; read again with ``Limits.with_ocr``."""


class PolicyError(ReviewerError):
    """A policy pack is unknown or invalid."""


class UsageError(ReviewerError):
    """The words of a call cannot be used."""


class MissingProgram(ReviewerError):
    """An optional program or package that the call needs is absent."""
