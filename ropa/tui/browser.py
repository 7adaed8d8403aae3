"""Showing a file in the browser of the desktop, where there is one."""

from __future__ import annotations

import webbrowser
from pathlib import Path


def open_in_browser(path: Path) -> bool:
    """Whether a browser was started. Call it in a thread: a browser may take its time to answer.

    A browser that draws in the terminal would draw over this program, so that it is as good as none.
    """
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(browser, webbrowser.BackgroundBrowser):
        return False
    try:
        return browser.open(path.resolve().as_uri())
    except (OSError, webbrowser.Error):
        return False
