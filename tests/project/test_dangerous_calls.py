"""What turns words into code, and numbers that can be guessed, have no place here: read from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.project.pages import ROOT

MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "random", "imp", "code"}
NAMES = {"eval", "exec", "compile", "__import__"}
CALLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
BROWSER = re.compile(
    r"\beval\(|new Function|document\.write|insertAdjacentHTML|[iI]nnerHTML\s*=[^=]|outerHTML\s*="
)
UNSAFE = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(")


def dangerous(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in MODULES:
            yield node.module or ""
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in CALLS or called in NAMES:
                yield called
            yield from ("shell" for word in node.keywords if word.arg == "shell")


def test_no_words_become_python_or_a_command() -> None:
    files = sorted((ROOT / "server").rglob("*.py"))
    found = {path: list(dangerous(ast.parse(path.read_text("utf-8")))) for path in files}
    assert {str(path): names for path, names in found.items() if names} == {}
    assert list(dangerous(ast.parse("import random\nsubprocess.run('x', shell=True)\neval('1')"))) != []


def test_no_words_become_script_or_markup_in_the_browser() -> None:
    sources = [*(ROOT / "client" / "src").rglob("*.ts"), *(ROOT / "templates").rglob("*.html")]
    assert len(sources) > 100
    found = {path: BROWSER.findall(path.read_text("utf-8")) for path in sources}
    assert {str(path): calls for path, calls in found.items() if calls} == {}


def test_templates_escape_what_they_show() -> None:
    """What is markup already is made by functions that escape what they take (`markupsafe`)."""
    templates = list((ROOT / "templates").rglob("*.html"))
    found = {path: UNSAFE.findall(path.read_text("utf-8")) for path in templates}
    assert {str(path): ways for path, ways in found.items() if ways} == {}
