"""The sample course a few months later: recorded, examined, placed, supported. What forms 07 to 11 print is in it."""

from app.model.course import Course
from app.sample import sample_course

EXPERTS = ("Сараптамаева Гүлнар Әділқызы", "Бағалаубеков Тимур Серікұлы", "Сыншыева Әлия Қуатқызы")
SCORES = ((3, 3, 3, 3, 2, 3, 3, 3), (3, 2, 3, 3, 3, 3, 3, 2), (3, 3, 3, 2, 3, 3, 3, 3))


def reviewed_course() -> Course:
    """Return the course; every value that the forms print differs from every other."""
    changes = {
        "experts": [
            {"id": f"e{n}", "full_name": name, "position": "профессор", "workplace": f"{n}-университет"}
            for n, name in enumerate(EXPERTS, start=1)
        ],
        "reviews": [
            {"id": f"r{n}", "expert_id": f"e{n}", "scores": list(scores), "dated_on": f"2027-01-0{n}"}
            for n, scores in enumerate(SCORES, start=1)
        ],
        "protocol": {
            "number": "17",
            "dated_on": "2027-01-08",
            "from_year": 2026,
            "results": ["full", "full", "full", "full", "partial", "full", "full", "none"],
            "recommendations": "Оқу жылында өзіндік жұмысқа пайдаланылсын.",
            "conclusion": "Курс талаптарға сай келеді.\nКемшіліктері елеусіз.",
            "decision": "Орналастыруға ұсынылады.",
            "reason": "Ұпай саны жеткілікті.",
            "platform": "«АТУ» АҚ білім беру платформасы",
            "actions": "Нұсқаулар толықтырылады.",
            "cause": "Нұсқау қысқа жазылған.",
            "corrective_procedure": False,
            "fix_due": "2027-01-20",
            "expert_ids": ["e1", "e2", "e3"],
        },
        "sessions": [
            {
                "id": "s1",
                "room": "204-2Б",
                "starts_at": "2026-12-15T10:00:00+05:00",
                "arrived_at": "2026-12-15T09:20:00+05:00",
                "agreed_with": "студия операторы",
                "materials_sent_on": "2026-12-13",
                "fullscreen_slideshow": True,
                "checklist": {"F07.1": True, "F07.1.1": True, "F07.1.2": False, "F07.4.4": True},
                "reasons": {"F07.1.2": "Факультеттің салтанатты киімі қара түсті."},
            }
        ],
        "platform": {
            "name": "ATU MOOC",
            "course_url": "https://mooc.atu.kz/course/view.php?id=12",
            "placed_on": "2027-01-12",
            "author_accounts": ["a.dastarkhanova", "s.derektibayev"],
            "forum_url": "https://mooc.atu.kz/mod/forum/view.php?id=13",
        },
        "placement_certificate": {"number": "05-14", "dated_on": "2027-01-13", "director": "Басшыбаев Нұрлан Ерікұлы"},
        "support": {
            "responsible": ["Деректібаев Санжар Ерболұлы"],
            "assistant": "Көмекшиева Айым",
            "log": [{"id": "l1", "on": "2027-02-03", "kind": "форум", "note": "Үш сұраққа жауап берілді."}],
            "question_list": ["Тестті қайта тапсыруға бола ма?"],
        },
        "pilot": {
            "from_on": "2027-01-10",
            "to_on": "2027-01-14",
            "sample_size": 12,
            "sample_description": "Екінші курстың бір тобы.",
            "results": "Он бір тыңдаушы барлық тапсырманы орындады.",
            "fixes": ["2-тапсырманың нұсқауы нақтыланды."],
        },
        "prelaunch_check": {
            "checked_on": "2027-01-25",
            "by": ["Деректібаев Санжар Ерболұлы", "ЦДБ маманы"],
            "items": [
                {"id": "p1", "title": "1-дәрістің бейнежазбасы", "quality": True, "copyright": True, "grammar": False},
            ],
        },
        "intake_check": {
            "by": "Басшыбаев Нұрлан Ерікұлы",
            "checked_on": "2027-01-11",
            "accepted": False,
            "remarks": [{"id": "i1", "text": "Глоссарийге қол қойылмаған."}],
        },
        "deadlines": {"work_programme": "2026-11-30", "submission": "2027-01-10", "set_by": "Мысалов Е. Қ."},
    }
    return Course.model_validate_json(
        Course.model_validate({**sample_course().model_dump(), **changes}).model_dump_json()
    )
