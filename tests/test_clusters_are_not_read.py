"""The compiler's grouping of the bundled records serves the measuring only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "embeddings", "prompts", "web", "server")
SCHEMA = ROOT / "corpus" / "schema.py"
MODULES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]


def readings(source: str) -> list[int]:
    """Lines that read an attribute or a key called cluster."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr == "cluster")
        or (isinstance(node, ast.Constant) and node.value == "cluster")
        or (isinstance(node, ast.Name) and node.id == "cluster")
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_reads_the_cluster_of_a_record(path: Path) -> None:
    declared = 1 if path == SCHEMA else 0  # the key is allowed in files
    assert len(readings(path.read_text("utf-8"))) == declared


@pytest.mark.parametrize(
    "source",
    ["record.cluster", "record['cluster']", "getattr(record, 'cluster')", "d.get('cluster')"],
)
def test_a_reading_is_found(source: str) -> None:
    assert readings(source)


def test_no_data_file_of_the_likeness_names_a_cluster() -> None:
    data = [*(ROOT / "embeddings").rglob("*.yaml"), *(ROOT / "prompts").rglob("*.yaml")]
    assert not [path for path in data if "cluster:" in path.read_text("utf-8")]
