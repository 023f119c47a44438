"""The drafter's day in the documentation is one that happened: every command prints what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.hooked import Workplace
from tests.integration.transcript import PAGE, play

pytestmark = pytest.mark.slow


def test_every_command_prints_what_the_page_shows(workplace: Workplace, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("\n$ ") > 8
    # If what is printed was changed on purpose: python -m tests.integration.transcript
    assert play(text, tmp_path, workplace) == text
