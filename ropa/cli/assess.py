"""`ropa assess`: one hypothetical transfer, judged with no database."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from ropa.cli.options import DAY, Context, on_option, pass_context
from ropa.cli.text import say, say_json

UNSAFE = 1
SECTORS = ("bank", "insurer", "telecom", "public-authority", "other")


@click.command()
@click.option(
    "--regime", "regimes", multiple=True, type=click.Choice(["uk", "eu"]), help="Judge under this law; repeat."
)
@click.option("--exporter-country", metavar="COUNTRY", help="Where the sender is established.")
@click.option("--importer-country", metavar="COUNTRY", help="Where the receiver is, or the data goes.")
@click.option("--importer-organisation", metavar="ID", help="An international organisation, as in org:EPO.")
@click.option("--exporter-role", type=click.Choice(["controller", "processor", "data-subject"]))
@click.option("--importer-role", type=click.Choice(["controller", "processor", "own-controller", "employee"]))
@click.option("--importer-sector", type=click.Choice(SECTORS), help="Some sectors cannot use some decisions.")
@click.option(
    "--in-scope",
    type=click.Choice(["yes", "no", "unknown"]),
    default="unknown",
    show_default=True,
    help="Whether the receiver falls within its country's partial decision (Canada, Japan, Korea).",
)
@click.option("--dpf", type=click.Choice(["active", "lapsed", "none"]), help="Its entry on the DPF list.")
@click.option("--dpf-uk-extension", is_flag=True, help="The entry has the UK Extension.")
@click.option("--dpf-hr", is_flag=True, help="The entry covers HR data.")
@click.option("--data", "data", multiple=True, metavar="MARK", help="hr, criminal, special, journalistic, credit.")
@click.option(
    "--safeguard",
    "safeguards",
    multiple=True,
    metavar="SPEC",
    help="ID[:module=2][:signed=DATE][:until=DATE][:approved=uk][:assessed=DATE]; repeat.",
)
@click.option("--intra-group/--no-intra-group", default=None, help="Both belong to one group; BCRs need that.")
@click.option("--assessment", "assessed", type=DAY, help="Day of the TIA or TRA.")
@click.option("--systematic/--occasional", "systematic", default=None, help="Whether it happens again and again.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@on_option
@pass_context
def assess(context: Context, /, regimes: tuple[str, ...], form: str, on: date | None, **facts: Any) -> int:
    """Judge one hypothetical transfer: what covers it on a date, what is missing, and why. Needs no database.

    Exit codes: 0 every verdict lets it go ahead, 1 one does not, 2 wrong usage.
    """
    from ropa.services.questions.assessing import as_json
    from ropa.services.questions.assessing import assess as judged
    from ropa.services.workspace import today

    found = judged(_hop(facts), regimes, on or context.on or today())
    if form == "json":
        say_json(as_json(found))
    else:
        _say(found)
    return 0 if found.safe else UNSAFE


def _hop(facts: dict[str, Any]) -> Any:
    from ropa.rules.hop import Hop
    from ropa.services.questions.assessing import data_marks, organisation, place, safeguard

    listed = facts["dpf"] is not None
    return Hop(
        exporter_country=place(facts["exporter_country"], "--exporter-country"),
        importer_country=place(facts["importer_country"], "--importer-country"),
        importer_organisation=organisation(facts["importer_organisation"]),
        exporter_role=facts["exporter_role"],
        importer_role=facts["importer_role"],
        importer_sector=facts["importer_sector"],
        in_scope=facts["in_scope"],
        dpf=facts["dpf"] or "unknown",
        # A flag left out is "no" once the list was looked at, and "not recorded" where nobody looked.
        dpf_uk_extension=facts["dpf_uk_extension"] or (False if listed else None),
        dpf_hr=facts["dpf_hr"] or (False if listed else None),
        data=data_marks(facts["data"]),
        safeguards=tuple(safeguard(each) for each in facts["safeguards"]),
        intra_group=facts["intra_group"],
        systematic=facts["systematic"],
        assessment=facts["assessed"],
    )


def _say(found: Any) -> None:
    for verdict in found.verdicts:
        say(f"{verdict.regime}  {verdict.status}")
        for reason in verdict.reasons:
            say(f"    {reason.text}" + (f" ({reason.source})" if reason.source else ""))
        for warning in verdict.warnings:
            say(f"  ! {warning.text}" + (f" ({warning.source})" if warning.source else ""))
        for remedy in verdict.remedies:
            say(f"  → {remedy}")
