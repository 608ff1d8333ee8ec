"""Maps that wait keep what the house reads of their files, and nothing else that stood in them."""

import zlib
from typing import Any

from django.db import migrations

from linli.lib.errors import Refusal
from linli.places.policy.sending import Sent


def trim(apps: Any, _schema: Any) -> None:
    """Write each map that waits anew; one that can be read no more (a library is missing) goes, as it cannot be shown."""
    for row in apps.get_model("places", "GridProposal").objects.filter(grid=None).iterator():
        cells, boundary = (zlib.decompress(bytes(packed)) if packed else b"" for packed in (row.cells, row.boundary))
        try:
            bare = Sent(cells, boundary, row.identify, row.layer, row.boundary_layer).bare()
        except Refusal:
            row.delete()
            continue
        row.cells = zlib.compress(bare.cells)
        row.boundary = zlib.compress(bare.boundary) if bare.boundary else b""
        row.save(update_fields=["cells", "boundary"])


class Migration(migrations.Migration):
    dependencies = [("places", "0006_when_saved")]

    operations = [migrations.RunPython(trim, migrations.RunPython.noop)]
