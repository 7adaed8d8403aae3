"""Policy drift: a published privacy policy against the register, subject by subject."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ropa.exchange.file_name import as_text
from ropa.exchange.policy_read import LARGEST_PDF, policy_of
from ropa.exchange.policy_text import PolicyText
from ropa.records.register import Register
from ropa.services.input_file import content_of
from ropa.services.policy.findings import Compared, PolicyCheck
from ropa.services.policy.mechanisms import compare_mechanisms
from ropa.services.policy.mentions import mentions
from ropa.services.policy.places import compare_countries
from ropa.services.policy.times import compare_deadlines, compare_retention
from ropa.services.policy.vendors import compare_vendors
from ropa.services.workspace import View


def check_file(view: View, path: Path) -> PolicyCheck:
    """The policy in a file compared with a register. Raises InputError for one of no use, NotFoundError for none."""
    content = content_of(path, LARGEST_PDF, "; this is not a privacy policy")
    return check_policy(view.register, view.on, policy_of(content, as_text(path)))


def check_policy(register: Register, on: dt.date, policy: PolicyText) -> PolicyCheck:
    """Everything that the policy and the register, or the policy and the law of the date, do not say alike."""
    found = mentions(policy, register)
    parts: tuple[Compared, ...] = (
        compare_mechanisms(found, register, on),
        compare_vendors(found, register, on),
        compare_countries(found, register, on),
        compare_retention(policy, register),
        compare_deadlines(policy, on),
    )
    return PolicyCheck(
        register,
        on,
        policy.name,
        tuple(each for part in parts for each in part.differences),
        tuple(each for part in parts for each in part.same),
        tuple(each for part in parts for each in part.remarks),
    )
