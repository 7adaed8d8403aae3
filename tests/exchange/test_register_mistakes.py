"""Every mistake in a register file is told with file, line and field, in words that say what to write instead."""

from __future__ import annotations

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.errors import InputError

HEAD = "format: 1\norganisation: {key: acme, name: Acme}\n"


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_register(text, "r.yaml")
    return [str(problem) for problem in caught.value.problems]


MISTAKES: dict[str, tuple[str, list[str]]] = {
    "a section that does not exist": (
        "partys: {a: A}",
        ["r.yaml: line 3: partys: there is no such section; did you mean 'parties'?"],
    ),
    "a field that does not exist": (
        "parties:\n  a:\n    name: A\n    contry: Norway",
        ["r.yaml: line 6: parties.a.contry: there is no such field here; did you mean 'country'?"],
    ),
    "a field that nothing resembles": (
        "parties:\n  a: {name: A, zzz: 1}",
        ["r.yaml: line 4: parties.a.zzz: there is no such field here"],
    ),
    "a list with a slip in its name": (
        "activities:\n  a:\n    name: A\n    engagement: []",
        ["r.yaml: line 6: activities.a.engagement: there is no such field here; did you mean 'engagements'?"],
    ),
    "a field of a contact that does not exist": (
        "parties:\n  a:\n    name: A\n    contact:\n      mail: a@b.example",
        ["r.yaml: line 7: parties.a.contact.mail: there is no such field here; did you mean 'email'?"],
    ),
    "a field that stands elsewhere": (
        "parties:\n  a:\n    name: A\n    contact:\n      websit: a.example",
        ["r.yaml: line 7: parties.a.contact.websit: there is no such field here"],
    ),
    "a required field left out": (
        "parties:\n  a:\n    country: Norway",
        ["r.yaml: line 4: parties.a.name: it is required"],
    ),
    "a required field left empty": (
        "parties:\n  a:\n    name:",
        ["r.yaml: line 5: parties.a.name: it is empty; leave it out where nothing is recorded"],
    ),
    "a text of nothing but spaces": (
        "parties:\n  a:\n    name: '   '",
        ["r.yaml: line 5: parties.a.name: it is empty; leave it out where nothing is recorded"],
    ),
    "an entry left empty": (
        "parties:\n  a:",
        ["r.yaml: line 4: parties.a: this should be an entry with its fields below it"],
    ),
    "a number where text belongs": (
        "parties:\n  a:\n    name: A\n    address: 0x1F",
        ['r.yaml: line 6: parties.a.address: it must be text; put it in quotes, as in "0x1F"'],
    ),
    "a version number in a list of text": (
        "activities:\n  a:\n    name: A\n    purposes:\n    - one\n    - 1.10",
        ['r.yaml: line 8: activities.a.purposes[1]: it must be text; put it in quotes, as in "1.10"'],
    ),
    "a truth value where text belongs": (
        "parties:\n  a:\n    name: true",
        ['r.yaml: line 5: parties.a.name: it must be text; put it in quotes, as in "true"'],
    ),
    "a list where text belongs": (
        "parties:\n  a:\n    name: [A]",
        ["r.yaml: line 5: parties.a.name: it must be text; put it in quotes"],
    ),
    "text where a list belongs": (
        "systems:\n  a:\n    name: A\n    hosting: Norway",
        ["r.yaml: line 6: systems.a.hosting: it must be a list, as in [one, two]"],
    ),
    "text where a contact belongs": (
        "parties:\n  a:\n    name: A\n    contact: Ada",
        ["r.yaml: line 6: parties.a.contact: it must have its own fields below it"],
    ),
    "a word that is neither true nor false": (
        "parties:\n  a:\n    name: A\n    dpf_hr: maybe",
        ["r.yaml: line 6: parties.a.dpf_hr: it must be true or false"],
    ),
    "one where true belongs": (
        "parties:\n  a: {name: A, invented: 1}",
        ["r.yaml: line 4: parties.a.invented: it must be true or false"],
    ),
    "a day that does not exist": (
        "documents:\n  a:\n    name: A\n    date: 2026-02-30",
        ["r.yaml: line 6: documents.a.date: there is no such day; write a date as in 2026-11-21"],
    ),
    "a month that does not exist": (
        "activities:\n  a:\n    name: A\n    since: 2026-13-01",
        ["r.yaml: line 6: activities.a.since: there is no such day; write a date as in 2026-11-21"],
    ),
    "a date in another order": (
        "activities:\n  a:\n    name: A\n    since: 21/11/2026",
        ["r.yaml: line 6: activities.a.since: '21/11/2026' is not a date; write it as in 2026-11-21"],
    ),
    "a date with a time": (
        "activities:\n  a:\n    name: A\n    since: 2026-11-21 10:00:00",
        ["r.yaml: line 6: activities.a.since: '2026-11-21 10:00:00' is not a date; write it as in 2026-11-21"],
    ),
    "a year alone": (
        "activities:\n  a:\n    name: A\n    since: 2026",
        ["r.yaml: line 6: activities.a.since: it must be a date, as in 2026-11-21"],
    ),
    "a period that is none": (
        "activities:\n  a:\n    name: A\n    retention:\n    - period: as long as needed",
        ['r.yaml: line 7: activities.a.retention[0].period: "as long as needed" is not a period; write it like '
         '"6 years", "1 year and 6 months", "30 days", "10 business days" or "P6Y"'],
    ),
    "a period without its unit": (
        "activities:\n  a:\n    name: A\n    retention:\n    - period: 6",
        ["r.yaml: line 7: activities.a.retention[0].period: it must be a period, such as 6 years, 18 months or P6Y"],
    ),
    "a country that does not exist": (
        "parties:\n  a:\n    name: A\n    country: Narnia",
        ["r.yaml: line 6: parties.a.country: 'Narnia' is not a country that is known here; "
         "write its name or ISO code"],
    ),
    "Norway as YAML 1.1 reads it": (
        "parties:\n  a:\n    name: A\n    country: false",
        ["r.yaml: line 6: parties.a.country: it must be a country's name or two-letter code, in quotes"],
    ),
    "one country twice under two names": (
        "systems:\n  a:\n    name: A\n    hosting: [NO, Norway]",
        ["r.yaml: line 6: systems.a.hosting: 'NO' is named twice"],
    ),
    "a country in a list that does not exist": (
        "systems:\n  a:\n    name: A\n    hosting:\n    - Norway\n    - Narnia",
        ["r.yaml: line 8: systems.a.hosting[1]: 'Narnia' is not a country that is known here; "
         "write its name or ISO code"],
    ),
    "a regime that does not exist": (
        "parties:\n  a:\n    name: A\n    regimes: [us]",
        ["r.yaml: line 6: parties.a.regimes[0]: it must be one of uk or eu, not 'us'"],
    ),
    "a role that does not exist": (
        "activities:\n  a:\n    name: A\n    role: owner",
        ["r.yaml: line 6: activities.a.role: it must be one of controller, joint-controller or processor, "
         "not 'owner'"],
    ),
    "a clause that does not exist": (
        "parties: {p: P}\nagreements:\n  a:\n    name: A\n    party: p\n    clauses: [a, z]",
        ["r.yaml: line 8: agreements.a.clauses[1]: it must be one of a, b, c, d, e, f, g or h, not 'z'"],
    ),
    "a clause named twice": (
        "parties: {p: P}\nagreements:\n  a:\n    name: A\n    party: p\n    clauses: [a, a]",
        ["r.yaml: line 8: agreements.a.clauses: a clause is named twice"],
    ),
    "a module that does not exist": (
        "parties: {p: P}\ntransfers:\n  t:\n    importer: p\n    safeguards:\n    - {instrument: uk-idta, module: 5}",
        ["r.yaml: line 8: transfers.t.safeguards[0].module: it must be one of 1, 2, 3 or 4, not 5"],
    ),
    "true for module 1": (
        "parties: {p: P}\ntransfers:\n  t:\n    importer: p\n    safeguards:\n    - {module: true, instrument: bcr-c}",
        ["r.yaml: line 8: transfers.t.safeguards[0].module: it must be a whole number"],
    ),
    "a decimal for module 1": (
        "parties: {p: P}\ntransfers:\n  t:\n    importer: p\n    safeguards:\n    - {instrument: uk-idta, module: 1.0}",
        ["r.yaml: line 8: transfers.t.safeguards[0].module: it must be a whole number"],
    ),
    "a reference to nothing": (
        "parties: {mailer: M}\nactivities:\n  a:\n    name: A\n    engagements:\n    - party: mailers",
        ["r.yaml: line 8: activities.a.engagements[0].party: there is no 'mailers' under `parties:`; "
         "did you mean 'mailer'?"],
    ),
    "a list with a reference to nothing": (
        "activities:\n  a:\n    name: A\n    data_categories: [names]",
        ["r.yaml: line 6: activities.a.data_categories: there is no 'names' under `data_categories:`"],
    ),
    "a flow to nothing": (
        "activities:\n  a:\n    name: A\n    flows:\n    - {origin: organisation, destination: party/nobody}",
        ["r.yaml: line 7: activities.a.flows[0].destination: there is no 'nobody' under `parties:`"],
    ),
    "a flow to what is no node": (
        "activities:\n  a:\n    name: A\n    flows:\n    - {origin: mailer, destination: organisation}",
        ["r.yaml: line 7: activities.a.flows[0].origin: 'mailer' is not a node: write organisation, party/KEY, "
         "system/KEY or subject/KEY"],
    ),
    "a reference that is no key": (
        "activities:\n  a:\n    name: A\n    engagements: [Mailer Ltd]",
        ["r.yaml: line 6: activities.a.engagements[0].party: 'Mailer Ltd' is not a key: small letters, digits and "
         "single hyphens, as in 'crown-co'"],
    ),
    "a key with capitals": (
        "parties:\n  Mailer: M",
        ["r.yaml: line 4: parties.Mailer: 'Mailer' is not a key: small letters, digits and single hyphens, "
         "as in 'crown-co'"],
    ),
    "a key that ends in a line break": (
        'parties:\n  "a\\n": M',
        ["r.yaml: line 4: parties[\"a\\n\"]: 'a\\n' is not a key: small letters, digits and single hyphens, "
         "as in 'crown-co'"],
    ),
    "a key of an own with capitals": (
        "activities:\n  a:\n    name: A\n    lawful_bases:\n    - basis: consent\n      key: Mine",
        ["r.yaml: line 8: activities.a.lawful_bases[0].key: 'a/Mine' is not a key: small letters, digits and single "
         "hyphens, as in 'crown-co'"],
    ),
    "a key that is wrong once, with much below it": (
        "activities:\n  Bad:\n    name: A\n    lawful_bases: [consent, contract]",
        ["r.yaml: line 4: activities.Bad: 'Bad' is not a key: small letters, digits and single hyphens, "
         "as in 'crown-co'"],
    ),
    "a key with letters of another script": (
        "parties:\n  café: M",
        ["r.yaml: line 4: parties.café: 'café' is not a key: small letters, digits and single hyphens, "
         "as in 'crown-co'"],
    ),
    "a key used twice": (
        "parties:\n  a: A\n  a: B",
        ["r.yaml: line 5: parties.a: the key is used twice in the same place, first on line 4"],
    ),
    "a field used twice": (
        "parties:\n  a:\n    name: A\n    name: B",
        ["r.yaml: line 6: parties.a.name: the key is used twice in the same place, first on line 5"],
    ),
    "a key of an own that another entry has already": (
        "activities:\n  a:\n    name: A\n    lawful_bases:\n    - {key: consent, basis: contract}\n    - consent",
        ["r.yaml: line 8: activities.a.lawful_bases[1]: the key 'a/consent' is already used on line 7; "
         "give one of them a `key:`"],
    ),
    "a key written inside an entry": (
        "parties:\n  a:\n    name: A\n    key: b",
        ["r.yaml: line 6: parties.a.key: the key is what stands before the colon; leave this out"],
    ),
    "a parent written inside its own entry": (
        "parties: {p: P}\nactivities:\n  a:\n    name: A\n    engagements:\n    - party: p\n      activity: a",
        ["r.yaml: line 9: activities.a.engagements[0].activity: it is clear from where this stands; leave it out"],
    ),
    "an importer in the transfer of an engagement": (
        "parties: {p: P}\nactivities:\n  a:\n    name: A\n    engagements:\n    - party: p\n"
        "      transfer:\n        importer: p",
        ["r.yaml: line 10: activities.a.engagements[0].transfer.importer: it is clear from the engagement; "
         "leave it out"],
    ),
    "a key in the transfer of an engagement": (
        "parties: {p: P}\nactivities:\n  a:\n    name: A\n    engagements:\n    - party: p\n"
        "      transfer:\n        key: t",
        ["r.yaml: line 10: activities.a.engagements[0].transfer.key: it has the engagement's key; leave it out"],
    ),
    "a word for the transfer of an engagement": (
        "parties: {p: P}\nactivities:\n  a:\n    name: A\n    engagements:\n    - party: p\n      transfer: adequate",
        ["r.yaml: line 9: activities.a.engagements[0].transfer: this should hold the transfer's fields: "
         "country, safeguards ..."],
    ),
    "a list where entries by key belong": (
        "parties:\n- name: A",
        ["r.yaml: line 3: parties: this should be a list of `key:` entries, each with its fields below it"],
    ),
    "entries by key where a list belongs": (
        "activities:\n  a:\n    name: A\n    engagements:\n      mailer: {service: sending}",
        ["r.yaml: line 6: activities.a.engagements: this should be a list: each entry begins with `- `"],
    ),
    "a word where an entry belongs": (
        "activities:\n  a:\n    name: A\n    retention: [6 years]",
        ["r.yaml: line 6: activities.a.retention[0]: this should be an entry with its fields"],
    ),
    "a name for what has none": (
        "transfers:\n  t: mailer",
        ["r.yaml: line 4: transfers.t: this should be an entry with its fields below it"],
    ),
    "a control character": (
        'parties:\n  a: "A\\x1b[31m"',
        ["r.yaml: line 4: parties.a.name: it holds the control character U+001B"],
    ),
    "a line break in a name": (
        'parties:\n  a: "A\\n✓ no findings"',
        ["r.yaml: line 4: parties.a.name: it holds a line break or a tab; this is written on one line"],
    ),
    "an anchor": (
        "parties:\n  a: &vendor {name: A}",
        ["r.yaml: line 4: parties.a: &vendor: anchors are not allowed; put the value in quotes if it is text"],
    ),
    "a reference to an anchor": (
        "parties:\n  a: *vendor",
        ["r.yaml: line 4: parties.a: *vendor: references are not allowed; put the value in quotes if it is text"],
    ),
    "a tag": (
        "parties:\n  a: !!python/object:os.system A",
        ["r.yaml: line 4: parties.a: \"!!python/object:os.system\": tags (!) are not allowed; put the value in quotes "
         "if it is text"],
    ),
    "a name that is too long": ("parties:\n  a: " + "x" * 301, ["r.yaml: line 4: parties.a.name: it is too long"]),
    "a text that is too long": (
        "parties:\n  a: {name: A, note: " + "x" * 20_001 + "}", ["r.yaml: line 4: parties.a.note: it is too long"]
    ),
    "several mistakes at once": (
        "parties:\n  a: {nam: A}\nsystems:\n  b: {name: B, hosting: [Narnia]}",
        [
            "r.yaml: line 4: parties.a.name: it is required",
            "r.yaml: line 4: parties.a.nam: there is no such field here; did you mean 'name'?",
            "r.yaml: line 6: systems.b.hosting[0]: 'Narnia' is not a country that is known here; "
            "write its name or ISO code",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_place_and_what_to_write(body: str, expected: list[str]) -> None:
    assert problems(HEAD + body + "\n") == expected


@pytest.mark.parametrize("field", ["instrument", "basis", "condition"])
def test_an_id_that_the_law_does_not_know_is_told_with_those_it_knows(field: str) -> None:
    body = {
        "instrument": "parties: {p: P}\ntransfers: {t: {importer: p, safeguards: [magic]}}",
        "basis": "activities: {a: {name: A, lawful_bases: [magic]}}",
        "condition": "activities: {a: {name: A, conditions: [magic]}}",
    }[field]
    known = {"instrument": "uk-addendum", "basis": "legitimate-interests", "condition": "art9-h"}[field]
    (problem,) = problems(HEAD + body)
    assert f"[0].{field}: 'magic' is not known; one of: " in problem
    assert known in problem


HEADS: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", ["r.yaml: line 1: this is not a register file: it should begin with `format: 1`"]),
    "a list": ("- a", ["r.yaml: line 1: this is not a register file: it should begin with `format: 1`"]),
    "a word": ("hello", ["r.yaml: line 1: this is not a register file: it should begin with `format: 1`"]),
    "no format": (
        "organisation: {key: a, name: A}",
        ["r.yaml: line 1: `format: 1` is missing; it says which version of the file format this is"],
    ),
    "a later format": (
        "format: 2\norganisation: {key: a, name: A}",
        ["r.yaml: line 1: format: this version of ropa reads format 1, not 2"],
    ),
    "a format that is true": (
        "format: true\norganisation: {key: a, name: A}",
        ["r.yaml: line 1: format: this version of ropa reads format 1, not True"],
    ),
    "a format in quotes": (
        "format: '1'\norganisation: {key: a, name: A}",
        ["r.yaml: line 1: format: this version of ropa reads format 1, not '1'"],
    ),
    "no organisation": (
        "format: 1", ["r.yaml: line 1: `organisation:` is missing; it says whose register this is"]
    ),
    "an organisation with nothing below it": (
        "format: 1\norganisation:", ["r.yaml: line 1: `organisation:` is missing; it says whose register this is"]
    ),
    "an organisation that is a name": (
        "format: 1\norganisation: Acme",
        ["r.yaml: line 2: organisation: its fields should stand below it, `key:` and `name:` at least"],
    ),
    "an organisation without a key": (
        "format: 1\norganisation:\n  name: A",
        ["r.yaml: line 2: organisation.key: it is required: a short name for commands, as in `outserve`"],
    ),
    "an organisation without a name": (
        "format: 1\norganisation:\n  key: a", ["r.yaml: line 2: organisation.name: it is required"]
    ),
    "an organisation whose key is no key": (
        "format: 1\norganisation:\n  key: Acme Ltd\n  name: A",
        ["r.yaml: line 3: organisation.key: 'Acme Ltd' is not a key: small letters, digits and single hyphens, "
         "as in 'crown-co'"],
    ),
    "two documents": (
        "format: 1\n---\nformat: 1", ["r.yaml: line 2: a second document begins here (---); a file holds one"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS.values(), ids=HEADS.keys())
def test_a_file_that_does_not_begin_as_it_should_is_told_so(text: str, expected: list[str]) -> None:
    assert problems(text) == expected
