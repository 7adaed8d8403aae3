"""`ropa policy-check`: a published privacy policy against the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json

DIFFERENT = 1


@click.command("policy-check")
@click.argument("organisation")
@click.argument("policy", type=click.Path(dir_okay=False, path_type=Path))
@format_option
@on_option
@pass_context
def policy_check(context: Context, organisation: str, policy: Path, form: str, on: date | None) -> int:
    """Compare a published privacy POLICY (.txt, .md, .html, .pdf) with the register of an ORGANISATION.

    Vendors, countries, transfer mechanisms, periods of keeping and times for answering requests that the one names and
    the other does not, each with its line (of a PDF: its page) and the words around it; and what the policy relies on
    that no longer holds in law. Nothing is written.

    Names are found by the register, by a list of well-known vendors, and by the words around them; the last are
    guesses, and say so.

    Exit codes: 0 nothing differs, 1 something does, 2 wrong input or usage.
    """
    from ropa.services.policy.check import check_file
    from ropa.services.policy.report import policy_text, policy_values

    found = check_file(context.workspace(on).view(organisation), policy)
    if form == "json":
        say_json(policy_values(found))
    else:
        say(policy_text(found))
    return DIFFERENT if found.differences else 0
