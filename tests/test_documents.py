"""What our documents promise is proven by tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
DOCUMENTS = sorted(path for path in (ROOT / "docs").glob("*.md") if NAMED.search(path.read_text("utf-8")))


@cache
def functions(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_test_that_a_document_names_exists(document):
    """Named as `tests/folder/test_file.py::test_name`, or the file alone."""
    missing = [
        f"{path}::{name}"
        for path, name in NAMED.findall(document.read_text("utf-8"))
        if not (ROOT / path).is_file() or (name and name not in functions(path))
    ]
    assert missing == []
