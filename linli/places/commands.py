"""Commands about grids and places."""

from __future__ import annotations

import typer

grid = typer.Typer(help="Grids: check, import, export.", no_args_is_help=True)


@grid.callback()
def _grid() -> None:
    """Grids: check, import, export."""
