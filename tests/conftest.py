"""What every test runs under: no hub, no library but its own, and reproducible Hypothesis runs.

Sockets are blocked, except to this machine, by pytest-socket's options in pyproject.toml.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Read by the libraries when they are imported, so set before any test module is.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"

# No deadline: machines differ. `pytest --hypothesis-profile=explore` looks for new examples.
settings.register_profile("reproducible", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("reproducible")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The flag that writes golden answers anew."""
    parser.addoption("--regenerate", action="store_true", help="write golden answers anew")


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings and the library of whoever runs the tests out of them, and unharmed."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CASEQUOTE_")]:
            patch.delenv(name)
        patch.setenv("CASEQUOTE_LIBRARY", str(tmp_path_factory.mktemp("default") / "library"))
        yield
