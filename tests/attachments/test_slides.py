"""What is read off slides: sizes, contrast and pictures as the file gives them, our form 04 reads as finished."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.presentation import Presentation as PresentationFile
from pptx.util import Emu, Inches, Pt

from app.attachments import probe_file
from app.checks import run
from app.exporters.forms import export_form, form_files
from app.model.attachment import AttachmentFacts
from app.model.finding import Status
from app.model.people import FileRef
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

WIDE = (Inches(40 / 3), Inches(7.5))
BLANK, TITLE_AND_BODY = 6, 1
COLOUR: Callable[[str], RGBColor] = RGBColor.from_string


def probed(deck: PresentationFile, folder: Path) -> AttachmentFacts:
    deck.save(str(folder / "x.pptx"))
    return probe_file(folder, "x.pptx")


def picture(width_px: int, colour: str = "red") -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (width_px, width_px), colour).save(data, "PNG")
    data.seek(0)
    return data


def test_sizes_that_are_given_and_sizes_that_are_inherited(tmp_path: Path) -> None:
    deck = Presentation()  # the default template: 4:3, titles of 44 points, text of 32
    deck.slide_width, deck.slide_height = WIDE
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_BODY])
    slide.shapes.title.text = "Тақырып"
    second = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_BODY])
    second.placeholders[1].text = "Мәтін"
    third = deck.slides.add_slide(deck.slide_layouts[BLANK])
    box = third.shapes.add_textbox(0, 0, Inches(5), Inches(1))
    box.text_frame.text = "ұсақ мәтін"
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    deck.slides.add_slide(deck.slide_layouts[BLANK])
    facts = probed(deck, tmp_path)
    assert facts.aspect == pytest.approx(16 / 9, abs=1e-3)
    assert [slide.smallest_pt for slide in facts.slides] == [44.0, 32.0, 11.0, None]
    assert [slide.chars for slide in facts.slides] == [7, 5, 9, 0]


def test_points_count_by_the_height_of_the_slide(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(20), Inches(11.25)  # 810 points high: a third of it is lost
    box = deck.slides.add_slide(deck.slide_layouts[BLANK]).shapes.add_textbox(0, 0, Inches(5), Inches(1))
    box.text_frame.text = "x"
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(24)
    [slide] = probed(deck, tmp_path).slides
    assert slide.smallest_pt == 16.0


@pytest.mark.parametrize(
    ("text", "ground", "contrast"),
    [
        ("000000", "FFFFFF", 21.0),
        ("FFFFFF", "FFFFFF", 1.0),
        ("777777", "FFFFFF", 4.48),  # WCAG's own example of what just fails 4.5
        ("FFFFFF", None, None),  # the ground of the slide comes from nothing that says a colour
    ],
)
def test_contrast_is_that_of_wcag(tmp_path: Path, text: str, ground: str | None, contrast: float | None) -> None:
    deck = Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[BLANK]).shapes.add_textbox(0, 0, Inches(5), Inches(1))
    box.text_frame.text = "мәтін"
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = COLOUR(text)
    if ground is None:
        box.fill.gradient()
    else:
        box.fill.solid()
        box.fill.fore_color.rgb = COLOUR(ground)
    [slide] = probed(deck, tmp_path).slides
    assert slide.lowest_contrast == contrast


def test_text_over_a_picture_has_no_known_ground(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    slide.shapes.add_picture(picture(50), 0, 0, Inches(5), Inches(5))
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    box.text_frame.text = "мәтін"
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = COLOUR("FFFFFF")
    [facts] = probed(deck, tmp_path).slides
    assert facts.lowest_contrast is None


def test_pictures_with_their_share_of_the_slide_and_which_are_the_same(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE
    for _ in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
        slide.shapes.add_picture(picture(320), 0, 0, Emu(int(deck.slide_width / 2)))
        slide.shapes.add_picture(picture(100, "blue"), 0, 0, Emu(int(deck.slide_width / 10)))
    first, second = probed(deck, tmp_path).slides
    assert [(each.share, each.width_px) for each in first.pictures] == [(0.5, 320), (0.1, 100)]
    assert [each.sha1 for each in first.pictures] == [each.sha1 for each in second.pictures]
    assert len({each.sha1 for each in first.pictures}) == 2


def test_our_own_form_04_reads_as_filled_in_and_legible(tmp_path: Path) -> None:
    """Only the photograph is missing, which the sample course has none of."""
    regulation, course, day = load_regulation(), sample_course(), date(2026, 11, 26)
    [part, *_] = form_files(course, "04")
    data = export_form(course, regulation, "04", "pptx", generated_on=day, draft=False, part=part.part)
    (tmp_path / "l1.pptx").write_bytes(data)
    module = course.modules[0]
    lesson = module.lessons[0].model_copy(update={"presentation": FileRef(path="l1.pptx")})
    module = module.model_copy(update={"lessons": (lesson, *module.lessons[1:])})
    course = course.model_copy(update={"modules": (module, *course.modules[1:])})
    facts = {"l1.pptx": probe_file(tmp_path, "l1.pptx")}
    about = [f for f in run(course, {}, facts, regulation, day) if f.element.endswith("l1/presentation")]
    assert {f.rule for f in about if f.status is not Status.PASS} == {"F04.1f"}
