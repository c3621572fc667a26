"""The guarded child: results, errors, limits, nothing left behind."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from reviewer import guard
from reviewer.errors import DamagedFile, ReadingStopped, ReviewerError
from reviewer.guard import spawn
from reviewer.guard.frames import ErrorReport, raised
from reviewer.limits import MIB, Limits

QUICK = Limits(wall=20.0, cpu=10)
forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


class Answer(Struct, frozen=True):
    text: str
    numbers: tuple[int, ...]


def answer(text: str) -> Answer:
    return Answer(text, (1, 2, 3))


def echo(data: bytes) -> bytes:
    return data


def refuse() -> bytes:
    raise DamagedFile("“申报书.docx”已损坏，请重新提交。")


def crash(secret: str) -> bytes:
    raise KeyError(secret)


def spin() -> bytes:
    while True:
        pass


def wait_forever() -> bytes:
    signal.pause()
    return b""


def hoard() -> bytes:
    kept = []
    while True:
        kept.append(bytearray(64 * MIB))


def leave(log: str) -> bytes:
    """Dies at once, but first leaves a trace of having been called."""
    with Path(log).open("a") as trace:
        trace.write("x")
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def leave_once(log: str) -> bytes:
    if not Path(log).exists():
        leave(log)
    return b"second"


def breed(log: str) -> bytes:
    """Starts a grandchild that would outlive its parent."""
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    Path(log).write_text(str(child.pid))
    return wait_forever()


def breed_and_return(log: str) -> bytes:
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    Path(log).write_text(str(child.pid))
    return b"done"


def fill(path: str) -> bytes:
    with Path(path).open("wb") as file:
        while True:
            file.write(bytes(MIB))


def swamp() -> bytes:
    return bytes(3 * MIB)


def connect(port: int) -> bytes:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return b"cut off"
    return b"connected"


def chatter() -> bytes:
    os.write(1, b"noise on stdout")
    print("more noise", flush=True)
    print("and on stderr", file=sys.stderr, flush=True)
    return b"quiet"


def steps() -> bytes:
    for done in range(3):
        guard.report_progress(done + 1, 3)
    return b""


def open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def gone(pid: int) -> bool:
    """Whether a process has ended (a zombie has)."""
    for _ in range(2000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        os.sched_yield()
    return False


def test_result_comes_back_as_the_type_asked_for():
    assert guard.run(answer, "很好", result=Answer) == Answer("很好", (1, 2, 3))


def test_bytes_come_back_whole():
    data = os.urandom(3 * MIB)
    assert guard.run(echo, data) == data


def test_a_result_of_another_type_is_refused():
    with pytest.raises(ReadingStopped, match=r"无法识别"):
        guard.run(echo, b"\xc1 no message", result=Answer)


def test_reviewer_error_keeps_type_and_text():
    with pytest.raises(DamagedFile) as caught:
        guard.run(refuse)
    assert str(caught.value) == "“申报书.docx”已损坏，请重新提交。"


def test_crash_is_one_sentence_and_logs_no_text(caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(ReadingStopped) as caught:
        guard.run(crash, "机密内容", name="申报书.docx")
    assert str(caught.value).startswith("无法读取“申报书.docx”：程序内部出错")
    assert "KeyError" in caplog.text
    assert "test_guard.py" in caplog.text
    assert "机密内容" not in caplog.text + str(caught.value)


@pytest.mark.parametrize("function", [spin, wait_forever])
def test_wall_limit(function):
    with pytest.raises(ReadingStopped, match=r"“a.docx”：读取时间超过上限（0.3 秒）"):
        guard.run(function, limits=Limits(wall=0.3), name="a.docx")


@forked
def test_cpu_limit_is_not_tried_twice(tmp_path):
    with pytest.raises(ReadingStopped, match="上限（1 秒）"):
        guard.run(spin, limits=Limits(wall=60.0, cpu=1))


@forked
def test_memory_limit():
    with pytest.raises(ReadingStopped, match=r"内存超过上限（512 MB）"):
        guard.run(hoard, limits=Limits(memory=512 * MIB, wall=60.0))


@forked
def test_a_killed_child_is_tried_once_more(tmp_path):
    log = tmp_path / "log"
    assert guard.run(leave_once, str(log), limits=QUICK) == b"second"
    with pytest.raises(ReadingStopped, match="两次意外中断"):
        guard.run(leave, str(log), limits=QUICK)
    assert log.read_text() == "xxx"


@forked
@pytest.mark.parametrize("function", [breed, breed_and_return])
def test_nothing_is_left_behind(tmp_path, function):
    log = tmp_path / "pid"
    try:
        guard.run(function, str(log), limits=Limits(wall=2.0))
    except ReadingStopped:
        assert function is breed
    assert gone(int(log.read_text()))


@forked
def test_file_size_limit(tmp_path):
    with pytest.raises(ReadingStopped):
        guard.run(fill, str(tmp_path / "big"), limits=Limits(written=2 * MIB, wall=20.0))
    assert (tmp_path / "big").stat().st_size <= 2 * MIB


def test_result_limit():
    with pytest.raises(ReadingStopped, match="结果异常庞大"):
        guard.run(swamp, limits=Limits(result=MIB, wall=20.0))


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are of Linux")
def test_no_network_where_the_system_allows():
    allowed = subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True)
    if allowed.returncode:
        pytest.skip("this system grants no network namespace")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert guard.run(connect, server.getsockname()[1], limits=QUICK) == b"cut off"


@forked
def test_the_child_does_not_write_into_our_streams(capfd):
    print("before", end="")
    assert guard.run(chatter, limits=QUICK) == b"quiet"
    assert capfd.readouterr().out == "before"


@forked
def test_progress_is_passed_on():
    seen: list[tuple[int, int]] = []
    guard.run(steps, limits=QUICK, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_progress_outside_of_a_child_is_silent():
    guard.report_progress(1, 2)


@forked
def test_files_are_closed_after_many_runs():
    guard.run(echo, b"")
    before = open_files()
    for _ in range(20):
        guard.run(echo, b"x")
    assert open_files() == before


@forked
def test_interrupt_in_the_parent_kills_the_child(tmp_path):
    """Ctrl-C while a child works: the interrupt is passed on and no process stays."""
    log = tmp_path / "pid"
    script = (
        "import os, pathlib, signal, sys\n"
        "from reviewer import guard\n"
        "def work(log):\n"
        "    pathlib.Path(log).write_text(str(os.getpid()))\n"
        "    os.kill(os.getppid(), signal.SIGINT)\n"
        "    signal.pause()\n"
        "guard.run(work, sys.argv[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(log)], capture_output=True, check=False
    )
    assert b"KeyboardInterrupt" in done.stderr
    assert gone(int(log.read_text()))


class TestSpawned:
    """The way for systems without fork; it works on every system."""

    def attempt(self, function, *args, limits=QUICK):
        deadline = time.monotonic() + limits.wall
        outcome = spawn.attempt(function, args, limits, deadline, None)
        return guard._returned(outcome, None, limits, "a.docx")

    def test_result(self):
        assert self.attempt(echo, b"abc") == b"abc"

    def test_error(self):
        with pytest.raises(DamagedFile):
            self.attempt(refuse)

    def test_wall_limit(self):
        with pytest.raises(ReadingStopped, match="时间超过上限"):
            self.attempt(wait_forever, limits=Limits(wall=2.0))

    def test_death(self, tmp_path):
        with pytest.raises(ReadingStopped, match="意外中断"):
            self.attempt(leave, str(tmp_path / "log"))


def test_unknown_error_names_become_the_base_error():

    error = raised(msgspec.msgpack.encode(ErrorReport("SystemExit", "文字")))
    assert type(error) is ReviewerError


def test_limits_by_kind_of_file():
    base = Limits()
    assert base.of_kind("docx").cpu < 10
    assert base.of_kind("docx").wall == base.wall  # a busy machine is no hostile file
    assert not base.of_kind("pdf").ocr
    assert base.of_kind("pdf").with_ocr().memory == base.memory_ocr
    assert base.of_kind("doc") == base
