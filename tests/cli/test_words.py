"""Complaints about the words of a call: one Chinese line, no quotation marks of Python."""

from __future__ import annotations

import pytest

from reviewer.cli import main

CALLS = {
    "nonsense": "没有命令“nonsense”，可选：review、batch",
    "review": "缺少参数：文件",
    "review --tier foo x.docx": "--tier 不能是“foo”，可选：basic、advanced、excellent、leading",
    "review a.docx b.docx": "不认识的参数：b.docx",
    "policy zap": "没有命令“zap”，可选：list、show、check",
    "serve --port abc": "--port 要是整数，而不是“abc”",
}


@pytest.mark.parametrize("call", CALLS)
def test_complaint(call: str, capfd: pytest.CaptureFixture[str]):
    assert main(call.split()) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert CALLS[call] in err
    assert "'" not in err
    assert len(err.strip().splitlines()) == 1
