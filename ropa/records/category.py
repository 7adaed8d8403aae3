"""Categories of personal data and of the people whom they are about."""

from __future__ import annotations

from typing import Literal

from ropa.records.values import Fields, Name, Text, Truth, choice, flag, required, text

Special = Literal[
    "racial-or-ethnic-origin",
    "political-opinions",
    "religious-or-philosophical-beliefs",
    "trade-union-membership",
    "genetic",
    "biometric",
    "health",
    "sex-life-or-orientation",
]


class DataCategoryFields(Fields):
    """A category of personal data (Art. 30(1)(c)), with the marks that change what the law asks."""

    name: Name = required("Name", "As the record and the notice write it.")
    examples: Text | None = text("Examples", "What it holds, in the source's words.")
    special: Special | None = choice("Special category", "Which kind of Article 9 data it is, if any.")
    classification: Name | None = text("Classification", "Its level in the organisation's own scheme: confidential.")
    criminal: Truth = flag("Criminal-offence data", "Article 10 data: convictions, offences.", default=False)
    hr: Truth = flag("HR data", "Data of staff held for employment; the DPF treats it apart.", default=False)
    credit: Truth = flag("Credit information", "Korea's decision treats it apart.", default=False)
    journalistic: Truth = flag("Journalistic data", "The UK-US data bridge leaves it out.", default=False)


class SubjectCategoryFields(Fields):
    """A category of people (Art. 30(1)(c))."""

    name: Name = required("Name", "As the record and the notice write it.")
    vulnerable: Truth = flag("Vulnerable", "Children, patients, or others who cannot easily object.", default=False)
