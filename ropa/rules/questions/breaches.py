"""Questions about personal data breaches: the record of them, the 72 hours, and who is told (Articles 33 and 34).

The articles have the same numbers in both regimes.
"""

from __future__ import annotations

from ropa.rules.questions.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "breach-discovered-missing", "when it became known is not recorded",
        "high", "gap", "Art. 33(1), 33(2)",
        "Is it recorded when the organisation became aware of each breach?",
        "Record the day, the time and the zone: the 72 hours are counted from there.",
    ),
    Rule(
        "breach-role-missing", "in which role is not recorded",
        "high", "gap", "Art. 33(1), 33(2)",
        "Is it recorded whether a breach concerns the organisation as controller or as processor?",
        "Record which activities it reaches (`ropa breach impact` proposes them), or the role. "
        "Until then what a controller owes is asked for.",
    ),
    Rule(
        "breach-risk-missing", "risk not assessed",
        "medium", "gap", "Art. 33(1), 34(1), 33(5)",
        "Is the risk of each breach to people assessed?",
        "Assess it and record why. Until then the authority is taken to be owed a notice.",
    ),
    Rule(
        "breach-authority-untold", "authority not told, 72 hours",
        "high", "finding", "Art. 33(1)",
        "Was the authority told of each breach within 72 hours, unless a risk to people is unlikely?",
        "Tell the authority now, with the reasons for the delay; what is not known yet can follow (Art. 33(4)).",
    ),
    Rule(
        "breach-told-late", "told late without reasons",
        "medium", "finding", "Art. 33(1)",
        "Are there reasons on record where the authority was told after 72 hours?",
        "Record the reasons for the delay, and give them to the authority if that was not done.",
    ),
    Rule(
        "breach-untold-unexplained", "why nobody was told is not recorded",
        "medium", "gap", "Art. 33(1), 33(5)",
        "Is it recorded why a risk is unlikely, where the authority was not told of a breach for that reason?",
        "Record why the risk is unlikely: the authority can ask for it.",
    ),
    Rule(
        "breach-people-untold", "people not told",
        "high", "finding", "Art. 34(1), 34(3)",
        "Were the people told of each breach that is likely to be a high risk to them, or is it recorded why not?",
        "Tell them without undue delay and in plain words, or record which condition of Article 34(3) holds.",
    ),
    Rule(
        "breach-customers-untold", "customers not told",
        "high", "finding", "Art. 33(2)",
        "Was each controller told without undue delay of a breach in what is done on its behalf?",
        "Tell it now: its own 72 hours may already run.",
    ),
    Rule(
        "breach-customers-unnamed", "whom to tell is not recorded",
        "high", "gap", "Art. 33(2)",
        "Is it recorded for which controllers the activities that a breach reaches are done?",
        "Record the customers of those activities, or those that the breach reaches.",
    ),
    Rule(
        "breach-undocumented", "documentation incomplete",
        "medium", "gap", "Art. 33(5)",
        "Are the facts of each breach, its effects and the remedial action documented?",
        "Write down what is missing.",
    ),
)  # fmt: skip
