"""The two looks. Every colour is written out, so that text stands out from its ground by at least 7 to 1.

Frames alone stand out less. No meaning rests on a colour: each sign has its word.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="ropa-dark",
    primary="#8ab4f8",
    accent="#8ab4f8",
    error="#ff9c94",
    warning="#f2c14e",
    success="#8fd694",
    foreground="#e8eaed",
    background="#14171a",
    surface="#1b1f24",
    panel="#262c33",
    dark=True,
    variables={
        "look-label": "#b4bec8",
        "look-wrong": "#ff9c94",
        "look-doubt": "#f2c14e",
        "look-gap": "#c9a7ff",
        "look-done": "#8fd694",
        "look-cursor": "#ffffff",
        "look-cursor-ground": "#1f4468",
        "look-frame": "#5b6772",
        "look-frame-focus": "#8ab4f8",
    },
)

LIGHT = Theme(
    name="ropa-light",
    primary="#0b4f8a",
    accent="#0b4f8a",
    error="#8f1418",
    warning="#6b4200",
    success="#155a2a",
    foreground="#16191c",
    background="#fafafa",
    surface="#ffffff",
    panel="#e2e6ea",
    dark=False,
    variables={
        "look-label": "#454d55",
        "look-wrong": "#8f1418",
        "look-doubt": "#6b4200",
        "look-gap": "#53308a",
        "look-done": "#155a2a",
        "look-cursor": "#0b1116",
        "look-cursor-ground": "#c6def5",
        "look-frame": "#8a949e",
        "look-frame-focus": "#0b4f8a",
    },
)
