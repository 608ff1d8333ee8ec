"""Commands about places and grids."""

import typer

from linli.places.commands import dividing, mending
from linli.places.commands.grids import grid
from linli.places.commands.tree import places

grid.command()(mending.repair)
grid.command()(dividing.divide)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(grid, name="grid")
    app.add_typer(places, name="places")
