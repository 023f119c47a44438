"""Pack the extension into a ``.vsix``, with nothing but Python: ``python build.py [--out FOLDER]``.

A .vsix is a zip with the extension in ``extension/``, a manifest for the gallery and a list of content types.  The same
files give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
LICENCE = HERE.parent.parent / "LICENSE"

FILES = {
    "package.json": HERE / "package.json",
    "extension.js": HERE / "extension.js",
    "README.md": HERE / "README.md",
    "LICENSE.txt": LICENCE,
}
"""What goes into ``extension/``."""

TYPES = {
    ".js": "application/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".vsixmanifest": "text/xml",
}

_GALLERY = "http://schemas.microsoft.com/developer/vsx-schema/2011"
_CODE = "Microsoft.VisualStudio.Code"
_SERVICES = "Microsoft.VisualStudio.Services"
_CONTENT = f"{_SERVICES}.Content"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def content_types() -> str:
    """``[Content_Types].xml``: the type of each suffix in the package."""
    lines = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in TYPES.items())
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="{namespace}">{lines}</Types>\n'


def manifest(package: dict[str, Any]) -> str:
    """``extension.vsixmanifest``: what ``package.json`` says, in the words of the gallery."""
    properties = {
        f"{_CODE}.Engine": package["engines"]["vscode"],
        f"{_CODE}.ExtensionDependencies": ",".join(package.get("extensionDependencies", [])),
        f"{_CODE}.ExtensionPack": ",".join(package.get("extensionPack", [])),
        f"{_CODE}.ExtensionKind": ",".join(package["extensionKind"]),
        f"{_CODE}.LocalizedLanguages": "",
        f"{_CODE}.ExecutesCode": "true" if "main" in package else "false",
        f"{_SERVICES}.GitHubFlavoredMarkdown": "true",
        f"{_CONTENT}.Pricing": "Free",
    }
    listed = "".join(f"<Property Id={quoteattr(key)} Value={quoteattr(value)}/>" for key, value in properties.items())
    assets = {
        f"{_CODE}.Manifest": "extension/package.json",
        f"{_CONTENT}.Details": "extension/README.md",
        f"{_CONTENT}.License": "extension/LICENSE.txt",
    }
    files = "".join(
        f'<Asset Type={quoteattr(kind)} Path={quoteattr(path)} Addressable="true"/>' for kind, path in assets.items()
    )
    identity = " ".join(
        f"{name}={quoteattr(value)}"
        for name, value in (
            ("Language", "en-US"),
            ("Id", package["name"]),
            ("Version", package["version"]),
            ("Publisher", package["publisher"]),
        )
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<PackageManifest Version="2.0.0" xmlns="{_GALLERY}">'
        f"<Metadata><Identity {identity}/>"
        f"<DisplayName>{escape(package['displayName'])}</DisplayName>"
        f'<Description xml:space="preserve">{escape(package["description"])}</Description>'
        f"<Tags>{escape(','.join(package['keywords']))}</Tags>"
        f"<Categories>{escape(','.join(package['categories']))}</Categories>"
        "<GalleryFlags>Public</GalleryFlags>"
        f"<Properties>{listed}</Properties>"
        "<License>extension/LICENSE.txt</License></Metadata>"
        f'<Installation><InstallationTarget Id="{_CODE}"/></Installation>'
        f"<Dependencies/><Assets>{files}</Assets></PackageManifest>\n"
    )


def build(folder: Path) -> Path:
    """Write the package into ``folder``; its path."""
    package = json.loads(FILES["package.json"].read_text(encoding="utf-8"))
    contents = {
        "extension.vsixmanifest": manifest(package).encode(),
        "[Content_Types].xml": content_types().encode(),
        **{f"extension/{name}": path.read_bytes() for name, path in FILES.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{package['name']}-{package['version']}.vsix"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description="Pack the extension into a .vsix.")
    parser.add_argument("--out", metavar="FOLDER", type=Path, default=HERE / "dist", help="where to (default: dist)")
    print(build(parser.parse_args().out))


if __name__ == "__main__":
    main()
