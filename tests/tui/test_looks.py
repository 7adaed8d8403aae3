"""What can be read, in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.screen import ModalScreen
from textual.theme import Theme

from ropa.tui.themes import DARK, LIGHT
from tests.tui.walking import LARGE, app_on, press

ENOUGH = 7
READABLE = 4.5


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


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("keys", ["", "a", "f", "c", "s", "u", "am", "av", "o", "pX"])
async def test_whatever_is_drawn_can_be_read(demo: Path, theme: Theme, keys: str) -> None:
    app = app_on(demo)
    async with app.run_test(size=LARGE) as pilot:
        app.theme = theme.name
        await press(pilot, "f1", "escape", *keys)
        # What a dialog lies on top of is faint on purpose.
        front = app.screen.query_one("#dialog").region if isinstance(app.screen, ModalScreen) else app.screen.region
        strips = app.screen._compositor.render_strips()  # noqa: SLF001 the screen's one way to its cells
        for strip in strips[front.y : front.bottom]:
            for text, style, _ in strip.crop(front.x, front.right):
                if style is None or not any(sign.isalnum() or sign in "✖!?✓" for sign in text):
                    continue
                assert style.color is not None
                assert style.bgcolor is not None
                ink, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                ink, ground = (ground, ink) if style.reverse else (ink, ground)
                assert not style.dim, text
                assert contrast(ink, ground) >= READABLE, (text, ink.hex, ground.hex)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_looks_that_meet_on_one_ground_can_be_read_there(theme: Theme) -> None:
    grounds = [theme.background, theme.surface, theme.panel, theme.variables["look-cursor-ground"]]
    for name in ("label", "wrong", "doubt", "gap", "done"):
        for ground in grounds:
            colours = Color.parse(ground or ""), Color.parse(theme.variables[f"look-{name}"])
            assert contrast(*colours) >= READABLE, (name, ground)


def test_both_looks_name_the_same_colours() -> None:
    assert set(DARK.variables) == set(LIGHT.variables)
