"""A table shares its width, and a long one draws as few lines as a short one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from ropa.services.browse import Item
from ropa.tui.widgets.table import Table, fitting, shared

MANY = 100_000


class Shelf(App[None]):
    """An application with a table alone."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = 0

    def compose(self) -> ComposeResult:
        yield Counting(self)


class Counting(Table):
    """A table that counts the lines it draws."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf

    def line(self, line: int, width: int) -> list[tuple[str, str]]:
        self.shelf.drawn += 1
        return super().line(line, width)


async def test_a_hundred_thousand_rows_draw_only_what_is_in_sight() -> None:
    shelf = Shelf()
    async with shelf.run_test(size=(80, 24)) as pilot:
        table = shelf.query_one(Table)
        table.show(("Name",), [Item(f"party/{n}", "", (f"row {n}",)) for n in range(MANY)])
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert table.current == f"party/{MANY - 1}"
        assert f"row {MANY - 1}" in table.render_line(table.size.height - 1).text
        await pilot.press("pageup")
        await pilot.press("home")
        await pilot.pause()
        assert table.current == "party/0"
        assert shelf.drawn < 1000


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8), st.integers(20, 300))
def test_columns_never_take_more_than_there_is(natural: list[int], width: int) -> None:
    sizes = shared(natural, width)
    assert sum(sizes) <= width
    assert all(1 <= size <= max(1, wanted) for size, wanted in zip(sizes, natural, strict=True))
    assert sum(fitting(natural, width)) <= width


def test_columns_that_cannot_be_read_are_left_out_from_the_last_on() -> None:
    assert fitting([20, 20, 20], 70) == [20, 20, 20]
    assert len(fitting([60, 60, 60, 60], 40)) == 2
