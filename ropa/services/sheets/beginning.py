"""Whose register a file is brought into: one that is there, or one that begins with the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ropa.exchange.cell_text import is_nothing
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.organisation import OrganisationFields
from ropa.records.register import Register
from ropa.services.detection.names import bare
from ropa.services.editing.readers import typed_place
from ropa.services.editing.values import new_key
from ropa.services.sheets.records import Records
from ropa.store.reader import Snapshot
from ropa.store.store import Store, discard_empty


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose register it is for. Without a `key` it is made from the name.

    `name` and `country` are for a register that is not there yet; without a name the file's own head says it.
    """

    key: str = ""
    name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The register that a file is compared with. `begins` where it is not there yet; `named` says who named it."""

    snapshot: Snapshot
    begins: bool = False
    named: str = ""

    @property
    def organisation(self) -> OrganisationFields:
        """Whose register it is."""
        return self.snapshot.register.organisation

    def records(self) -> Records:
        """The records to add to; the organisation is among the new ones where the register begins."""
        records = Records(self.snapshot.register)
        if self.begins:
            records.put("organisation", self.organisation)
        return records


def existing(database: Path) -> Store | None:
    """The database, or None where there is none yet. Raises as `Store.open` does."""
    return Store.open(database) if database.exists() else None


@contextmanager
def opened(database: Path) -> Iterator[Store]:
    """The database to write into, made where there is none; what was made is removed again where nothing comes of it.

    Raises as `Store.open` does.
    """
    made = not database.exists()
    store = Store.open(database, create=True)
    try:
        yield store
    finally:
        if made:
            discard_empty(database)


def basis_of(store: Store | None, owner: Owner, said: Iterable[tuple[str, str]] = ()) -> Basis:
    """The register that is there, or an empty one with the name that somebody gave, else that the file says.

    `said` are the names that the file's head says, each with its cell. Raises NotFoundError where there is no such
    register and no name for it, InputError where the name is another than that of the register, or is taken.
    """
    snapshot = store.find(owner.key) if store is not None and owner.key else None
    if snapshot is not None:
        there = snapshot.register.organisation
        if owner.name and bare(owner.name) not in {bare(each) for each in (there.name, there.legal_name) if each}:
            words = f"{owner.key} is the register of {there.name}; a name is for a register that is not there yet"
            raise InputError([Problem(words)])
        if owner.country.strip() and _country(owner.country) != there.country:
            words = f"the register of {there.name} is there; what country it is in is changed with its record"
            raise InputError([Problem(words)])
        return Basis(snapshot)
    known = {} if store is None else store.organisations()
    name, named = owner.name.strip(), "as given"
    if not name:
        name, named = _said(said, owner.key, known)
        same = next((key for key, each in known.items() if bare(each) == bare(name)), "")
        if same:
            raise NotFoundError(
                f"there is no organisation {owner.key!r}; the file is of {name}, whose register is {same!r}: "
                f"--organisation {same} takes it, --name begins another"
            )
    values = {"name": name, **({"country": _country(owner.country)} if owner.country.strip() else {})}
    key = owner.key or new_key("organisation", values, known)
    try:
        organisation = OrganisationFields.model_validate({**values, "key": key})
    except ValidationError as error:
        raise InputError(
            [
                Problem(str(each["msg"]).removeprefix("Value error, "), field=f"organisation {key!r}, {each['loc'][0]}")
                for each in error.errors(include_url=False)
            ]
        ) from error
    return Basis(Snapshot(Register(organisation), {}), begins=True, named=named)


def _said(said: Iterable[tuple[str, str]], key: str, known: dict[str, str]) -> tuple[str, str]:
    found = {bare(name): (name, spot) for name, spot in reversed([*said]) if not is_nothing(name)}
    if len(found) == 1:
        return next(iter(found.values()))
    why = "the file does not say what it is called"
    if found:
        why = f"the file names several: {', '.join(name for name, _ in found.values())}"
    there = f"there is: {', '.join(known)}" if known else "there is none yet"
    words = f"there is no organisation {key!r} ({there}), and {why}"
    raise NotFoundError(f'{words}; to begin its register with this file, add its name: --name "Acme Ltd"')


def _country(text: str) -> str:
    try:
        return str(typed_place(text))
    except ValueError as error:
        raise InputError([Problem(str(error), field="country")]) from error
