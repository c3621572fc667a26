"""How a file is refused: one Chinese sentence that names it and says what to do."""

from __future__ import annotations

import pytest

from reviewer.errors import ReviewerError
from reviewer.limits import Limits
from reviewer.parsing import read


def refused(
    data: bytes, kind: type[ReviewerError], words: str, limits: Limits | None = None
) -> None:
    """The file is refused in one Chinese sentence that names it and says what to do."""
    with pytest.raises(kind) as caught:
        read(data, "申报书.docx", limits)
    sentence = str(caught.value)
    assert type(caught.value) is kind
    assert sentence.startswith("无法读取“申报书.docx”：")
    assert sentence.endswith("。") and "\n" not in sentence and "请" in sentence
    assert words in sentence
    assert caught.value.__cause__ is None
