"""Natural Earth's countries (public domain) as TopoJSON → `web/data/world.json`: paths by UN name.

Usage: npm pack world-atlas@2.0.2, unpack it, then
    .venv/bin/python tools/world_map.py package/countries-110m.json package/countries-50m.json

Shapes come from the first file; of countries too small for it, a point comes from the second. The
projection is Equal Earth (Šavrič, Patterson and Jenny 2018), so that areas compare.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any

from casequote.corpus.vocabulary import vocabulary

TARGET = Path(__file__).resolve().parent.parent / "web/data/world.json"
WIDTH = 960.0
OTHER_NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Macedonia": "North Macedonia",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "Hong Kong": "Hong Kong, China",
    "Macao": "Macao, China",
    "eSwatini": "Eswatini",
}
NOT_SHOWN = {"Antarctica", "Fr. S. Antarctic Lands"}
Point = tuple[float, float]


def projected(longitude: float, latitude: float) -> Point:
    """Equal Earth, scaled to the width of the map; y grows downwards."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2**3
    scale = 3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / scale
    y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    unit = WIDTH / 5.413259
    return WIDTH / 2 + x * unit, 233.6 - y * unit


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a TopoJSON file as longitudes and latitudes."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        found.append(points)
    return found


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    """The rings of a country."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = []
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            rings.append(_unwrapped(points))
    return rings


def _unwrapped(ring: list[Point]) -> list[Point]:
    """The ring without jumps from one edge of the map to the other."""
    found = ring[:1]
    for longitude, latitude in ring[1:]:
        turns = round((found[-1][0] - longitude) / 360)
        found.append((longitude + 360 * turns, latitude))
    east = sum(longitude for longitude, _ in found) / len(found) < -180
    return [(longitude + 360 * east, latitude) for longitude, latitude in found]


def path_of(rings: list[list[Point]]) -> str:
    """The rings as an SVG path of relative lines, to a tenth of a unit; specks are left out."""
    parts = []
    for ring in rings:
        points = [tuple(round(10 * v) for v in projected(*point)) for point in ring]
        kept = [points[0]] + [b for a, b in itertools.pairwise(points) if a != b]
        width = max(x for x, _ in kept) - min(x for x, _ in kept)
        height = max(y for _, y in kept) - min(y for _, y in kept)
        if len(kept) < 4 or width * height < 40:
            continue
        x, y = kept[0]
        steps = [f"M{_number(x)} {_number(y)}l"]
        for following_x, following_y in kept[1:-1]:
            steps.append(f"{_number(following_x - x)} {_number(following_y - y)} ")
            x, y = following_x, following_y
        parts.append("".join(steps).rstrip() + "z")
    return "".join(parts)


def _number(tenths: int) -> str:
    return f"{tenths / 10:g}"


def named(geometry: dict[str, Any]) -> str | None:
    name = geometry["properties"]["name"]
    return vocabulary().country(OTHER_NAMES.get(name, name))


def main(coarse: Path, fine: Path) -> None:
    topology = json.loads(coarse.read_text("utf-8"))
    arcs = arcs_of(topology)
    shapes: dict[str, str] = {}
    others = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["properties"]["name"] in NOT_SHOWN or not geometry.get("arcs"):
            continue
        path = path_of(rings_of(geometry, arcs))
        name = named(geometry)
        if name is None:
            others.append(path)
            print("not in the vocabulary:", geometry["properties"]["name"])
        else:
            shapes[name] = shapes.get(name, "") + path
    points: dict[str, Point] = {}
    topology = json.loads(fine.read_text("utf-8"))
    arcs = arcs_of(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = named(geometry)
        if name and name not in shapes and geometry.get("arcs"):
            ring = max(rings_of(geometry, arcs), key=len)
            x = sum(point[0] for point in ring) / len(ring)
            y = sum(point[1] for point in ring) / len(ring)
            points[name] = tuple(round(v, 1) for v in projected(x, y))  # type: ignore[assignment]
    content = {"shapes": dict(sorted(shapes.items())), "points": dict(sorted(points.items()))}
    content["others"] = "".join(others)  # type: ignore[assignment]
    TARGET.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text.replace('","', '",\n"') + "\n", "utf-8")
    print(f"{len(shapes)} shapes, {len(points)} points, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
