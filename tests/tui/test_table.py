"""A table shares its width, and a long one draws as few lines as a short one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from ropa.services.browsing.browse import Item
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


def _found(n: int, group: str) -> Item:
    return Item(f"finding/{n}", "?", (group, f"about {n}"), group=group, under=(f"about {n}",))


async def test_rows_stand_in_groups_under_a_heading_that_the_cursor_and_the_mouse_pass_over() -> None:
    shelf = Shelf()
    async with shelf.run_test(size=(40, 12)) as pilot:
        table = shelf.query_one(Table)
        table.show(("About",), [_found(0, "one"), _found(1, "two"), _found(2, "two")], grouped=True)
        await pilot.pause()
        lines = [table.render_line(y).text.rstrip() for y in range(6)]
        assert lines == ["    About", "  one (1)", "▸ ? about 0", "  two (2)", "  ? about 1", "  ? about 2"]
        await pilot.press("down")
        assert table.current == "finding/1"
        await pilot.click(Table, offset=(4, 5))
        assert table.current == "finding/2"
        await pilot.click(Table, offset=(4, 3))
        assert table.current == "finding/2"
        await pilot.press("home", "pagedown")
        assert table.current == "finding/2"


async def test_the_heading_of_a_group_comes_into_sight_with_its_first_row() -> None:
    shelf = Shelf()
    async with shelf.run_test(size=(40, 8)) as pilot:
        table = shelf.query_one(Table)
        table.show(("About",), [_found(n, f"group {n // 10}") for n in range(100)], grouped=True)
        await pilot.press("end")
        await pilot.pause()
        assert table.current == "finding/99"
        assert "about 99" in table.render_line(table.size.height - 1).text
        await pilot.press(*["up"] * 9)
        await pilot.pause()
        assert table.current == "finding/90"
        assert "group 9 (10)" in table.render_line(1).text


async def test_a_column_that_is_left_out_leaves_a_sign() -> None:
    shelf = Shelf()
    async with shelf.run_test(size=(40, 8)) as pilot:
        table = shelf.query_one(Table)
        table.show(("Name", "Where", "Since"), [Item("party/0", "", ("n" * 20, "w" * 20, "s" * 20))])
        await pilot.pause()
        assert table.render_line(0).text.rstrip().endswith("…")
        await pilot.resize_terminal(100, 8)
        await pilot.pause()
        assert table.render_line(0).text.rstrip().endswith("Since")
