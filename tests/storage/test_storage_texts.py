"""Every error and notice of storage has its texts, and the texts ask for nothing that the error does not carry."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import app.storage
from app.model.texts import Lang, placeholders
from app.paths import resources_dir
from app.storage.texts_file import load_texts

SOURCES = sorted(Path(next(iter(app.storage.__path__))).glob("*.py"))
ERRORS = {"ProjectFileError", "RegulationFileError"}


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Yield prefix, code and parameters of each error and notice that the sources make."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            codes = [
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if node.func.id in ERRORS:
                for code in codes:
                    yield "errors", code, {keyword.arg or "**" for keyword in node.keywords}
            elif node.func.id == "Notice" and isinstance(node.args[1], ast.Dict):
                keys = {str(key.value) for key in node.args[1].keys if isinstance(key, ast.Constant)}
                for code in codes:
                    yield "notices", code, keys


def test_every_error_has_cause_and_remedy_and_every_notice_its_text() -> None:
    texts = load_texts().keys()
    for prefix, code, _ in raised():
        wanted = [f"errors.{code}.cause", f"errors.{code}.remedy"] if prefix == "errors" else [f"notices.{code}"]
        for key in wanted:
            assert key in texts, key


def test_no_text_of_storage_is_left_over() -> None:
    data = tomllib.loads((resources_dir() / "i18n" / "storage.toml").read_text(encoding="utf-8"))
    made = {(prefix, code) for prefix, code, _ in raised()}
    assert {(prefix, code) for prefix in data for code in data[prefix]} == made


def test_the_texts_use_only_what_the_error_carries() -> None:
    texts = load_texts()
    checked = 0
    for prefix, code, params in raised():
        if "**" in params:  # the parameters of lock_lost and one more
            params = {"path", "holder", "host", "saved_as"}
        keys = (f"errors.{code}.cause", f"errors.{code}.remedy") if prefix == "errors" else (f"notices.{code}",)
        for key in keys:
            filled = texts.get(key, Lang.KK, **dict.fromkeys(params, "x"))
            assert not placeholders(filled)
            checked += 1
    assert checked > 50
