"""The collector of cyclic garbage stands still while a bank is read, and goes on afterwards, whatever happened."""

import gc
from collections.abc import Iterator

import pytest

from app.formats.collector import collector_paused


@pytest.fixture(autouse=True)
def _running_before_and_after() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.enable()
    yield
    if not was_enabled:
        gc.disable()


def test_it_stands_still_within_and_runs_afterwards() -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), collector_paused():
        raise ValueError("broken")
    assert gc.isenabled()


def test_where_another_stopped_it_it_is_not_started() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()
