"""The program that the crash tests kill: reads files into a library and makes its vectors.

python crash_run.py LIBRARY FILES
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.embeddings import synchronise as module
from tests.factories import FakeEncoder


def run(folder: Path, files: Path) -> None:
    """Reads and encodes in many small steps, so that a kill may come between any two."""
    module.BATCH, module.PASSAGES_PER_SEGMENT = 4, 16
    library = Library.open(folder) if Library.exists(folder) else Library.create(folder)
    ingest(library, [files])
    module.synchronise(library, FakeEncoder())
    library.close()


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    run(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write("done\n")
