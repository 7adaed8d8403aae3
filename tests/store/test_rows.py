"""A record that is read without being validated again is the same record as one that was."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from ropa.records.kinds import KINDS
from tests.store.databases import filled


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_is_read_equals_the_validated_one(tmp_path: Path, kind: str) -> None:
    records = filled(tmp_path / "ropa.db").snapshot("acme").register.of_kind(kind)
    assert records
    for record in records.values():
        validated = type(record).model_validate(record.model_dump())
        assert record == validated
        assert list(record.model_dump()) == list(validated.model_dump())
        assert record.model_fields_set == validated.model_fields_set
        assert [type(value) for _, value in record] == [type(value) for _, value in validated]
        assert repr(record) == repr(validated)
        assert record.model_copy() == record


def test_a_record_that_is_read_can_still_not_be_changed(tmp_path: Path) -> None:
    owner = filled(tmp_path / "ropa.db").snapshot("acme").register.organisation
    with pytest.raises(ValidationError, match="frozen"):
        owner.name = "Other"  # type: ignore[misc]  # that it is refused is the point
