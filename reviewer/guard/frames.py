"""What the child tells its parent: framed bytes, decoded as known types only (never pickle).

A frame is a kind (one byte), the length of its payload (eight bytes) and the payload.
"""

from __future__ import annotations

import struct
import traceback
from collections.abc import Callable, Iterator

import msgspec

from reviewer import errors

RESULT, ERROR, CRASH, MEMORY, PROGRESS = b"R", b"E", b"C", b"M", b"P"
FINAL = frozenset({RESULT, ERROR, CRASH, MEMORY})
_HEADER = struct.Struct(">cQ")
_MOST_FRAMES = 12
_LONGEST_TEXT = 2_000

Frame = tuple[bytes, bytes]
Send = Callable[[bytes], object]


class ErrorReport(msgspec.Struct, frozen=True):
    """A ReviewerError raised in the child: name of its class, and its sentence."""

    kind: str
    text: str


def pack(kind: bytes, payload: bytes = b"") -> bytes:
    """One frame."""
    return _HEADER.pack(kind, len(payload)) + payload


def unpack(buffer: bytearray, most: int) -> Iterator[Frame]:
    """Take the complete frames off the front of ``buffer``.

    Raises ValueError for a payload that is announced as longer than ``most`` bytes.
    """
    while len(buffer) >= _HEADER.size:
        kind, length = _HEADER.unpack_from(buffer)
        if length > most:
            raise ValueError("frame too long")
        end = _HEADER.size + length
        if len(buffer) < end:
            return
        payload = bytes(memoryview(buffer)[_HEADER.size : end])
        del buffer[:end]
        yield kind, payload


def perform(function: Callable[..., object], args: tuple[object, ...], send: Send) -> None:
    """Run the function in the child and send its outcome as one final frame."""
    try:
        value = function(*args)
        frame = pack(RESULT, value if isinstance(value, bytes) else msgspec.msgpack.encode(value))
        del value
    except MemoryError:
        frame = pack(MEMORY)
    except errors.ReviewerError as error:
        report = ErrorReport(type(error).__name__, str(error))
        frame = pack(ERROR, msgspec.msgpack.encode(report))
    except BaseException as error:
        frame = pack(CRASH, _where(error).encode("utf-8", "replace"))
    send(frame)


def _where(error: BaseException) -> str:
    """Kind and place of a crash; not its message, which may quote the document."""
    stack = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    places = " < ".join(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(stack))
    return f"{type(error).__name__} at {places}"


def raised(payload: bytes) -> errors.ReviewerError:
    """The error of the child as the same type with the same text."""
    report = msgspec.msgpack.decode(payload, type=ErrorReport)
    kind = getattr(errors, report.kind, None)
    if not (isinstance(kind, type) and issubclass(kind, errors.ReviewerError)):
        kind = errors.ReviewerError
    return kind(report.text[:_LONGEST_TEXT])
