"""Third-party browser files: kept in `static/vendor/`, pinned by hash, never fetched at run time.

`python -m tools.vendor --check` compares every file with its SHA-256 in `static/vendor/vendor.json`, without network.
`python -m tools.vendor --refresh` fetches the packages at the versions named there with `npm pack`, copies the files
and writes their hashes. To move to a new version: change `version` and `folder`, refresh, read the difference.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
VENDOR = STATIC / "vendor"
MANIFEST = VENDOR / "vendor.json"
SPRITE = STATIC / "icons.svg"
# The map itself is not shipped; a dangling reference would stop collectstatic.
SOURCE_MAP = re.compile(rb"\s*/\*# sourceMappingURL=\S+? ?\*/\s*$")
SHAPES = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>")
CANVAS = 'd="M0 0h24v24H0z"'  # the invisible square that Tabler draws into each icon


def sha256(data):
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def problems(manifest, static=STATIC):
    """List what differs between the tree and the manifest; empty when all is well."""
    found = []
    vendor = static / "vendor"
    expected = {}
    for package in manifest["packages"]:
        folder = package["folder"]
        if not any(entry["file"] == "LICENSE" for entry in package["files"]):
            found.append(f"{folder}: no LICENSE")
        for entry in package["files"]:
            expected[vendor / folder / entry["file"]] = entry["sha256"]
    expected[static / "icons.svg"] = manifest["icons"]["sha256"]
    for path, digest in expected.items():
        name = path.relative_to(static)
        if not path.is_file():
            found.append(f"{name}: missing")
        elif sha256(path.read_bytes()) != digest:
            found.append(f"{name}: differs from vendor.json")
    present = {path for path in vendor.rglob("*") if path.is_file()} - {vendor / "vendor.json"}
    found += [f"{path.relative_to(static)}: not in vendor.json" for path in sorted(present - set(expected))]
    return found


def sprite(names, folder):
    """One SVG with a symbol per icon; `folder` holds the outline icons of @tabler/icons."""
    symbols = []
    for name in sorted(names):
        shapes = [shape for shape in SHAPES.findall((folder / f"{name}.svg").read_text("utf-8")) if CANVAS not in shape]
        if not shapes:
            raise ValueError(f"icon {name} has no shapes")
        drawn = "".join(re.sub(r"\s+", " ", shape) for shape in shapes)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawn}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def unpack(package, folder):
    """Fetch one package with `npm pack` and unpack it below `folder`; returns the root of its files."""
    spec = f"{package['package']}@{package['version']}"
    out = subprocess.run(  # noqa: S603 - arguments come from the committed manifest
        ["npm", "pack", "--silent", "--pack-destination", str(folder), spec],  # noqa: S607 - developer's own npm
        check=True,
        capture_output=True,
        text=True,
    )
    target = folder / package["folder"]
    with tarfile.open(folder / out.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def refresh(manifest):
    """Fetch all packages again, write the files, the sprite and the new hashes."""
    with tempfile.TemporaryDirectory() as scratch:
        for package in manifest["packages"]:
            root = unpack(package, Path(scratch))
            folder = VENDOR / package["folder"]
            folder.mkdir(parents=True, exist_ok=True)
            for entry in package["files"]:
                target = folder / entry["file"]
                if "source" in entry:  # files without a source are kept by hand (a licence text the package lacks)
                    target.write_bytes(SOURCE_MAP.sub(b"\n", (root / entry["source"]).read_bytes()))
                entry["sha256"] = sha256(target.read_bytes())
            if package["package"] == manifest["icons"]["package"]:
                SPRITE.write_text(sprite(manifest["icons"]["names"], root / "icons" / "outline"), "utf-8")
                manifest["icons"]["sha256"] = sha256(SPRITE.read_bytes())
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(arguments=None):
    """Entry point; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    act = parser.add_mutually_exclusive_group(required=True)
    act.add_argument("--check", action="store_true", help="compare files with their hashes, offline")
    act.add_argument("--refresh", action="store_true", help="fetch with npm pack and write files and hashes")
    options = parser.parse_args(arguments)
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    if options.refresh:
        refresh(manifest)
    found = problems(manifest)
    sys.stdout.write("".join(f"{line}\n" for line in found) or "vendored files agree with vendor.json\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
