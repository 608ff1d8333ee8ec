"""Commands that run the house: serve, worker, tick, demo, verify."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""

    @app.command()
    def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
        """Serve the web pages."""
        from linli.project.server import run

        run(host, port)
