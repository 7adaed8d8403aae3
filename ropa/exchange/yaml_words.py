"""The YAML parser's messages in the words of somebody who does not know the parser."""

from __future__ import annotations

import re

import yaml

LINE_END = re.compile(r"\r\n?|\n")
_TAB = "a tab is used for indentation; use spaces"
_COLON = "put the value in quotes if the colon belongs to it, or look at the indentation"
_MISFIT = "this line does not fit the lines around it: look at its indentation and at the quotation marks above"
_HYPHEN = "a list item (-) where none can stand; begin the list on a line of its own, below its key"
_OPEN_QUOTE = "the quotation mark that opens here is never closed"
_RESERVED = "a sign that YAML keeps for itself stands where a value should; put the value in quotes"
_BACKSLASH = r'a backslash inside "..." begins a code that does not exist: write \\ for a backslash'

# Part of the parser's message; what to say; whether the line where the construct began helps more than the line
# where the parser gave up.
_WORDS: tuple[tuple[str, str, bool], ...] = (
    ("tab character", _TAB, False),
    ("that cannot start any token", _RESERVED, False),
    ("mapping values are not allowed", f"a colon and a space where none can stand: {_COLON}", False),
    ("could not find expected ':'", "a colon is missing after this key, or a quotation mark is wrong", True),
    ("unexpected end of stream", _OPEN_QUOTE, True),
    ("unexpected document indicator", _OPEN_QUOTE, True),
    ("expected ',' or ']'", "the [ that opens here is not closed with ], or a comma is missing after it", True),
    ("expected ',' or '}'", "the { that opens here is not closed with }, or a comma is missing after it", True),
    ("unknown escape character", _BACKSLASH, False),
    ("expected key", _MISFIT, False),
    ("expected <block end>", _MISFIT, False),
    ("expected '-' indicator", _MISFIT, False),
    ("sequence entries are not allowed", _HYPHEN, False),
    ("node content", _RESERVED, False),
    ("expected alphabetic or numeric character", "a value begins with * or &; put it in quotes", False),
    ("expected <document start>", "this line is not part of what stands above it: look at its indentation", False),
)


def plain_words(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    """What a parser error in `text` means for whoever wrote it, and the line (from 1; 0: not known)."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return f"cannot be read as YAML: {' '.join(str(error).split())}", 0
    problem = error.problem or "a syntax error"
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    if error.problem_mark:
        lines = LINE_END.split(text.rstrip())
        at_end = (line, error.problem_mark.column) >= (len(lines), len(lines[-1]))
        if at_end and "node content" in problem:
            return "the file ends inside a list or group that was opened with [ or {", len(lines)
        if not at_end and "cannot start" in problem and lines[line - 1][error.problem_mark.column] == "\t":
            return _TAB, line
    for part, words, where_it_began in _WORDS:
        if part in problem:
            if where_it_began and error.context_mark:
                line = error.context_mark.line + 1
            return words, line
    return f"cannot be read as YAML: {' '.join([*(error.context or '').split(), *problem.split()])}", line
