"""Whether a transfer may be made: `judge` answers for one hop, one regime and one day."""

from __future__ import annotations

from ropa.rules.transfers.judging import judge, judge_all

__all__ = ["judge", "judge_all"]
