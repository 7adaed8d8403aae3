"""What can be read, in light and in dark."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from ropa.tui.themes import DARK, LIGHT

ENOUGH = 7


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    shares = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.normalized]
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_text_stands_out_from_its_ground(theme: Theme) -> None:
    ground, bar = Color.parse(theme.background or ""), Color.parse(theme.panel or "")
    text = Color.parse(theme.foreground or "")
    assert contrast(ground, text) >= ENOUGH
    assert contrast(bar, text) >= ENOUGH
    for name in ("label", "wrong", "doubt", "gap", "done"):
        colour = Color.parse(theme.variables[f"look-{name}"])
        assert contrast(ground, colour) >= ENOUGH, name
    cursor = Color.parse(theme.variables["look-cursor-ground"])
    assert contrast(cursor, Color.parse(theme.variables["look-cursor"])) >= ENOUGH


def test_both_looks_name_the_same_colours() -> None:
    assert set(DARK.variables) == set(LIGHT.variables)
