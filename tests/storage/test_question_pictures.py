from pathlib import Path

import pytest

from app.formats.pictures import ParsedPicture
from app.model.errors import ProjectFileError
from app.model.people import FileRef
from app.model.tasks import Question, QuestionPicture
from app.storage.question_pictures import load_pictures, store_pictures

PNG = b"\x89PNG\r\n\x1a\n"


def test_pictures_come_back(tmp_path: Path) -> None:
    parsed = ParsedPicture(PNG, None, "сызба")
    question = Question(id="q", pictures=(parsed.as_picture("p1"),))
    store_pictures(tmp_path, {parsed.path: PNG})
    store_pictures(tmp_path, {parsed.path: PNG})
    assert load_pictures(tmp_path, [question]) == {parsed.path: PNG}
    assert [path.name for path in (tmp_path / "materials/questions").iterdir()] == [Path(parsed.path).name]


def test_what_cannot_be_read_is_missing(tmp_path: Path) -> None:
    (tmp_path.parent / "secret.png").write_bytes(PNG)
    paths = ("../secret.png", "materials/gone.png", "/etc/passwd")
    pictures = tuple(QuestionPicture(id=f"p{n}", file=FileRef(path=path)) for n, path in enumerate(paths))
    assert load_pictures(tmp_path, [Question(id="q", pictures=pictures)]) == {}


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError) as caught:
        store_pictures(tmp_path / "course", {"../a.png": PNG})
    assert caught.value.code == "path_outside_folder"
    assert not (tmp_path / "a.png").exists()
