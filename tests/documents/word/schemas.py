"""Run by a Python that has openxml-audit (`python schemas.py FOLDER`): what the published schemas find in
each file of the folder.

DOCX is held to the tables of Microsoft's Open XML SDK, which are stricter than the schema of ECMA-376: order
of elements, types and ranges of attributes, ids that are used twice or lead nowhere. ODT is held to the
RELAX NG schema of OASIS ODF 1.3. Prints JSON: by file name a list of sentences.
"""

import json
import sys
from pathlib import Path
from zipfile import ZipFile

import openxml_audit
from lxml import etree

SCHEMAS = Path(openxml_audit.__file__).parent / "odf" / "schemas" / "odf-1.3"
MANIFEST = "META-INF/manifest.xml"
FOREIGN = "{urn:org:documentfoundation:"
"""Attributes of other namespaces are allowed (ODF 1.3, part 1, 2.2.2): answers and what is settled."""
NOT_NEEDED = ("relationships/fontTable'", "relationships/theme'")
"""Demanded by that table only: ISO/IEC 29500-1, 11.3 allows none of either."""
NESTED = ("extra content: insertion", "not expect element insertion")
"""A deletion in somebody's insertion is written as LibreOffice writes it, which reads nothing else."""


def of_docx(validator, path):
    found = [error.description for error in validator.validate(path).errors]
    return [words for words in found if not words.split(" is missing")[0].endswith(NOT_NEEDED)]


def of_odt(content, manifest, path):
    found = []
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            root = etree.fromstring(archive.read(name))
            for element in root.iter():
                for key in [key for key in element.attrib if key.startswith(FOREIGN)]:
                    del element.attrib[key]
            schema = manifest if name == MANIFEST else content
            if not schema.validate(root):
                found += [f"{name}: {entry.message}" for entry in schema.error_log]
    return [words for words in found if not any(known in words for known in NESTED)]


def main():
    validator = openxml_audit.OpenXmlValidator()
    content = etree.RelaxNG(etree.parse(str(SCHEMAS / "OpenDocument-v1.3-schema.rng")))
    manifest = etree.RelaxNG(etree.parse(str(SCHEMAS / "OpenDocument-v1.3-manifest-schema.rng")))
    found = {}
    for path in sorted(Path(sys.argv[1]).iterdir()):
        if path.suffix == ".docx":
            found[path.name] = of_docx(validator, path)
        elif path.suffix == ".odt":
            found[path.name] = of_odt(content, manifest, path)
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
