"""Originals behind an fsspec address. fsspec's own memory stands for an object store here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from api.storage import LocalStorage, Storage, open_storage
from tests.api.bench import Bench, sample

_URL = "memory://bucket/originals of tests"


@pytest.fixture(params=["folder", "remote"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    made = open_storage(str(tmp_path / "files") if request.param == "folder" else _URL)
    assert isinstance(made, LocalStorage) == (request.param == "folder")
    yield made
    _clear()


def test_what_is_put_is_got_until_it_is_deleted(storage: Storage) -> None:
    storage.put("originals/ab/one", io.BytesIO(b"one"))
    storage.put("made/ab/two", b"two")
    assert storage.get("originals/ab/one") == b"one" and storage.get("made/ab/two") == b"two"
    storage.put("made/ab/two", b"again")
    assert storage.get("made/ab/two") == b"again"
    for _ in range(2):
        storage.delete("originals/ab/one")
    assert not storage.exists("originals/ab/one") and storage.exists("made/ab/two")
    with pytest.raises(FileNotFoundError):
        storage.get("originals/ab/one")
    assert storage.sweep() == 0


class _Broken(io.BytesIO):
    """A stream that ends in the middle, as of a client that went away."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("gone")


def test_a_file_that_broke_off_is_not_there(storage: Storage) -> None:
    with pytest.raises(OSError, match="gone"):
        storage.put("originals/ab/half", _Broken())
    assert not storage.exists("originals/ab/half")


def test_the_service_over_a_remote_storage(tmp_path: Path) -> None:
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", storage=_URL)
    made = bench.reviewed()
    client = bench.as_("firm")
    assert client.get(f"/api/v1/drafts/{made['draft']}/original").content == sample()
    with bench.working():
        place = f"/api/v1/drafts/{made['draft']}/report"
        assert client.get(place, params={"format": "text"}).status_code == 200
    assert len(_kept()) == 2 and not (tmp_path / "files").exists()
    assert client.delete(f"/api/v1/declarations/{made['declaration']}").status_code == 204
    assert _kept() == []
    bench.close()
    _clear()


def _kept() -> list[str]:
    return list(fsspec.filesystem("memory").find("/bucket"))


def _clear() -> None:
    system = fsspec.filesystem("memory")
    if system.exists("/bucket"):
        system.rm("/bucket", recursive=True)
