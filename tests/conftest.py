"""What every test relies on: no setting of the machine's user reaches it, and none is judged by its speed."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("ropa", deadline=None)
settings.load_profile("ropa")


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROPA_DB", raising=False)
