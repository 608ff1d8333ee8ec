"""A bar is for a terminal; elsewhere the command's answer stands alone."""

from __future__ import annotations

import pytest

from linli.lib.progress import bar


@pytest.mark.parametrize(("forced", "shown"), [("1", True), ("", False)])
def test_the_bar_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], forced: str, shown: bool
):
    monkeypatch.setenv("FORCE_COLOR", forced)
    with bar() as told:
        told(0.5, "Reading")
    said = capsys.readouterr()
    assert ("Reading" in said.err) is shown
    assert said.out == ""
