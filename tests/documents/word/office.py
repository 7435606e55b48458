"""Run by the Python that has LibreOffice's bridge (`/usr/bin/python3 office.py FOLDER`): what LibreOffice
makes of each file of the folder, with all its tracked changes accepted and with all of them rejected.

Prints JSON: by file name `{"accepted": [...], "rejected": [...], "labels": [...], "comments": n}`: one text
and one number of a list a paragraph.
With `--convert EXT` each file is saved beside itself in another format instead.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

ADDRESS = "pipe,name=kraftakt-judge"
FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8", ".doc": "MS Word 97"}


def main():
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                f"-env:UserInstallation=file://{profile}",
                f"--accept={ADDRESS};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            desktop, dispatcher = connect(office)
            if "--convert" in sys.argv:
                for path in files_in(folder):
                    convert(desktop, path, "." + sys.argv[-1])
            else:
                found = {path.name: judge(desktop, dispatcher, path) for path in files_in(folder)}
                json.dump(found, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
        finally:
            end(office)


def files_in(folder):
    """Without LibreOffice's own marks of what is open."""
    return [path for path in sorted(folder.iterdir()) if path.suffix in FILTERS and path.name[0] != "."]


def end(office):
    """It asks nobody. `soffice` is a script that starts the program proper: all of its group goes."""
    try:
        office.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()


def connect(office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        if office.poll() is not None:
            raise SystemExit("LibreOffice ended by itself")
        try:
            context = resolver.resolve(f"uno:{ADDRESS};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            time.sleep(0.1)
    manager = context.ServiceManager
    return (
        manager.createInstanceWithContext("com.sun.star.frame.Desktop", context),
        manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context),
    )


def judge(desktop, dispatcher, path):
    found = {}
    for name, command in (
        ("accepted", ".uno:AcceptAllTrackedChanges"),
        ("rejected", ".uno:RejectAllTrackedChanges"),
    ):
        document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (option("Hidden", True),))
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(
            frame, ".uno:ShowTrackedChanges", "", 0, (option("ShowTrackedChanges", True),)
        )
        dispatcher.executeDispatch(frame, command, "", 0, ())
        found[name], found["labels"] = paragraphs(document)
        fields = document.TextFields.createEnumeration()
        found["comments"] = count_comments(fields)
        document.close(True)
    return found


def paragraphs(document):
    """Letters and numbers, one of each a paragraph."""
    texts, labels, every = [], [], document.Text.createEnumeration()
    while every.hasMoreElements():
        paragraph = every.nextElement()
        if paragraph.supportsService("com.sun.star.text.Paragraph"):
            texts.append(letters(paragraph).replace("\n", "\u2028").replace("\t", " ").rstrip())
            labels.append(paragraph.ListLabelString)
    return texts, labels


def letters(paragraph):
    """Without the numbers of footnotes, which are no letters of it."""
    every, pieces = paragraph.createEnumeration(), []
    while every.hasMoreElements():
        pieces.append(every.nextElement())
    if not any(piece.TextPortionType == "Footnote" for piece in pieces):
        return paragraph.String
    return "".join(piece.String for piece in pieces if piece.TextPortionType == "Text")


def is_comment(field):
    return field.supportsService("com.sun.star.text.textfield.Annotation")


def count_comments(fields):
    count = 0
    while fields.hasMoreElements():
        count += is_comment(fields.nextElement())
    return count


def convert(desktop, path, suffix):
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (option("Hidden", True),))
    target = path.with_suffix(suffix)
    document.storeToURL(target.as_uri(), (option("FilterName", FILTERS[suffix]),))
    document.close(True)


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    main()
