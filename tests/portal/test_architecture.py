"""Rules of the house that no linter knows."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOORS = {"api", "calls", "views", "pages", "tasks", "batch", "register", "permissions", "admin", "commands", "sandbox",
         "templatetags"}  # fmt: skip


def product_files() -> list[Path]:
    return [path for top in ("portal", "employers", "customers") for path in (ROOT / top).rglob("*.py")]


def is_door(path: Path) -> bool:
    names = {*path.relative_to(ROOT).parts[:-1], path.stem}
    return bool(names & DOORS) or path.stem.startswith(("api_", "views_")) or path.parts[-2] == "portal"


def calls(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)}


def test_only_doors_read_the_clock():
    readers = {
        str(path.relative_to(ROOT))
        for path in product_files()
        if {"clock.now", "clock.today"} & calls(path) and not is_door(path)
    }
    assert readers == set()


def test_no_package_file_imports_anything_but_the_admins():
    importing = [
        str(path.relative_to(ROOT))
        for path in product_files()
        if path.name == "__init__.py"
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(path.read_text())))
    ]
    assert {*importing} <= {"employers/admin/__init__.py", "customers/admin/__init__.py"}


def test_no_file_makes_one_scroll():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in product_files()
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def test_no_function_outgrows_forty_lines():
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in product_files()
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 40
    }
    assert long == {}


def test_the_product_reads_nothing_beside_itself():
    """The name is put together here so that this file does not find itself."""
    outside = "../" + "shared"
    found = subprocess.run(["git", "grep", "-l", outside], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout == ""
