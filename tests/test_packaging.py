"""The wheel, built for real, holds `casequote` and nothing else, and all of it."""

import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["corpus", "embeddings", "prompts", "server", "web"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    build = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stdout + build.stderr
    [path] = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def names(wheel: zipfile.ZipFile) -> set[str]:
    return {name for name in wheel.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile, names: set[str]) -> Message:
    [name] = (name for name in names if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


def source_files() -> set[str]:
    """The files of the five folders, as git knows them; without git, all that are no caches.

    New files count before they are added, so that a forgotten one is found here and not in a
    release; files that are deleted but still tracked do not.
    """
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *FOLDERS],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return set(walked_files())
    return {name for name in os.fsdecode(listed).split("\0") if name and (ROOT / name).is_file()}


def walked_files() -> Iterator[str]:
    for folder in FOLDERS:
        for place, folders, files in os.walk(ROOT / folder):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in files:
                if not name.endswith(".pyc"):
                    yield (Path(place) / name).relative_to(ROOT).as_posix()


def test_casequote_is_the_only_top_level_name(names: set[str]) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"casequote"}


def test_casequote_is_a_namespace_of_the_five_folders(names: set[str]) -> None:
    inside = {PurePosixPath(name).parts[1] for name in names if name.startswith("casequote/")}
    assert inside == set(FOLDERS)


def test_every_file_of_the_five_folders_is_in_the_wheel(names: set[str]) -> None:
    files = source_files()
    assert {
        f"{folder}/{name}" for folder in FOLDERS for name in ("__init__.py", "py.typed")
    } <= files
    assert {f"casequote/{file}" for file in files} - names == set()


def test_the_wheel_holds_no_caches(names: set[str]) -> None:
    assert {name for name in names if "__pycache__" in name or name.endswith(".pyc")} == set()


def test_the_licence_is_in_the_wheel(
    wheel: zipfile.ZipFile, names: set[str], metadata: Message
) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    [licence] = (name for name in names if name.endswith(".dist-info/licenses/LICENSE"))
    assert wheel.read(licence) == (ROOT / "LICENSE").read_bytes()


def test_the_command_is_casequote(wheel: zipfile.ZipFile, names: set[str]) -> None:
    [name] = (name for name in names if name.endswith(".dist-info/entry_points.txt"))
    assert wheel.read(name).decode().split("\n", 1) == [
        "[console_scripts]",
        "casequote = casequote.server.cli:main\n",
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_editable_installs_reach_each_folder_through_a_relative_link(folder: str) -> None:
    link = ROOT / ".import" / "casequote" / folder
    assert link.readlink() == Path("..", "..", folder)


def test_torch_is_pinned_exactly(metadata: Message) -> None:
    requirements = metadata.get_all("Requires-Dist", [])
    assert [one for one in requirements if one.startswith("torch")] == ["torch==2.13.0"]


def test_every_dependency_has_an_exact_version_in_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    names = {canonicalize_name(Requirement(one).name) for one in wanted}
    assert names - {canonicalize_name(name) for name in pinned} == set()
    assert all(version.replace(".", "").isalnum() for version in pinned.values())
