"""The collector's thresholds come back, whoever leaves first."""

from __future__ import annotations

import gc
from contextlib import ExitStack

import pytest

from reviewer.collector import seldom


def test_thresholds_are_raised_within_and_come_back() -> None:
    before = gc.get_threshold()
    with seldom():
        assert gc.get_threshold()[0] > before[0]
        with seldom():
            assert gc.get_threshold()[0] > before[0]
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_they_come_back_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError), seldom():
        raise ValueError
    assert gc.get_threshold() == before


def test_two_threads_that_leave_in_the_order_they_came() -> None:
    before = gc.get_threshold()
    first, second = ExitStack(), ExitStack()
    first.enter_context(seldom())
    second.enter_context(seldom())
    first.close()
    second.close()
    assert gc.get_threshold() == before
