"""Old formats by LibreOffice: read, refused without it, no network, nothing left behind."""

from __future__ import annotations

import socket
import tempfile
import threading
from pathlib import Path

import pytest

from reviewer import guard
from reviewer.errors import ReviewerError, UnsupportedFormat
from reviewer.limits import Limits
from reviewer.model.document import Document, paragraphs
from reviewer.parsing import legacy, read

RTF = rb"{\rtf1\ansi\ansicpg936 First line\par\b Second\b0  line\par}"


def guarded(data: bytes, name: str) -> Document:
    return guard.run(read, data, name, result=Document, limits=Limits(), name=name)


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """Where the child puts its temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.libreoffice
def test_rtf_is_read_and_nothing_is_left(place):
    document = guarded(RTF, "x.rtf")
    assert document.kind == "doc"
    assert [p.text for p in paragraphs(document.blocks) if p.text] == ["First line", "Second line"]
    assert list(place.iterdir()) == []


@pytest.mark.libreoffice
def test_links_are_not_followed():
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            asked.append(connection.recv(100))
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    port = server.getsockname()[1]
    field = (
        rb'{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:%d/x.png" \\d}{\fldrslt }}' % port
    )
    try:
        guarded(RTF[:-1] + field + b"\\par}", "x.rtf")
    finally:
        stop.set()
        thread.join()
        server.close()
    assert asked == []


@pytest.mark.libreoffice
def test_garbage_ends_in_a_sentence(place):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8000)
    with pytest.raises(ReviewerError, match=r"^无法读取“坏\.doc”："):
        guarded(data, "坏.doc")
    assert list(place.iterdir()) == []


def test_without_libreoffice(monkeypatch):
    monkeypatch.setattr(legacy, "program", lambda: None)
    with pytest.raises(UnsupportedFormat, match=r"另存为 \.docx"):
        read(RTF, "x.rtf")
