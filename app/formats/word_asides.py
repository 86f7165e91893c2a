"""Lines behind the last option of a question that belong to none: who made the test, a page's number, the next title.

They have no label and are known by what they say, or by standing apart; both only where the next question, or nothing,
follows, for between two options a paragraph goes on with the first of them.
"""

import re

_MAX_CHARS = 160
"""A title or a name; what is longer is a paragraph of its option."""
_MAX_PAGE_CHARS = 40
_BLANK = r"[ \t\u00a0]"
_NUMBER = r"(?:\d{1,3}|[IVXІХ]{1,5})"
_PART = (
    r"(?:вариант|тема|раздел|модуль|лекция|занятие|блок|часть|глава|неделя|тест|билет"
    r"|нұсқа|тақырып|бөлім|дәріс|сабақ|тарау|апта|бөлік"
    r"|variant|version|topic|section|module|lecture|lesson|unit|part|chapter|week|test|quiz)"
)
_TITLE = re.compile(
    rf"(?:{_PART}{_BLANK}*(?:№|no\.?|#)?{_BLANK}*{_NUMBER}(?![\w-])"
    rf"|{_NUMBER}{_BLANK}*(?:[-–]{_BLANK}*)?(?:(?:й|я|ый|ая|ой){_BLANK}+)?{_PART}\b)",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:составил[аи]?|составител[ьи]|разработал[аи]?|разработчики?|автор[ыа]?|подготовил[аи]?|преподавател[ьи]|лектор"
    r"|утвердил[аи]?|утверждено|утверждаю|согласовано|рассмотрено|проверил[аи]?|рецензенты?"
    r"|зав(?:едующ(?:ий|ая)|\.)?" + _BLANK + r"*кафедр(?:ой|ы)|дата"
    r"|құрастырған(?:дар)?|құрастырушы(?:лар)?|құрастырушылары|дайындаған(?:дар)?|әзірлеген(?:дер)?|әзірлеуші(?:лер)?"
    r"|авторлар[ы]?|оқытушы(?:лар)?|бекіткен|бекітемін|келісілді|қаралды|тексерген|кафедра" + _BLANK + r"*меңгерушісі"
    r"|күні|пікір" + _BLANK + r"*беруші(?:лер)?"
    r"|(?:compiled|prepared|written|made|approved|reviewed|checked)"
    + _BLANK
    + r"+by|authors?|compiler|lecturer|teacher"
    r"|head" + _BLANK + r"+of" + _BLANK + r"+(?:the" + _BLANK + r"+)?department)"
)
_NAME = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.-]*"
_SIGNATURE = re.compile(rf"(?i:{_ROLE}){_BLANK}*(?:[:：–—_]|-{_BLANK}|{_BLANK}+{_NAME}{_BLANK}*(?:{_NAME}|$))")
_PAGE = re.compile(
    rf"[-–—]{_BLANK}*\d{{1,4}}{_BLANK}*[-–—]"
    rf"|(?:стр(?:аница|\.)?|с\.|бет|page|p\.){_BLANK}*\d{{1,4}}(?:{_BLANK}*(?:из|of|/){_BLANK}*\d{{1,4}})?"
    rf"|\d{{1,4}}{_BLANK}*[-–]?{_BLANK}*(?:бет|стр\.?)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page's number that says so: ``- 3 -``, ``Страница 3 из 7``, ``3-бет``."""
    bare = text.strip()
    return len(bare) <= _MAX_PAGE_CHARS and _PAGE.fullmatch(bare) is not None


def is_bare_number(text: str) -> bool:
    """Tell whether a line is a number and nothing else: a page's, or what an option goes on with."""
    return _BARE_NUMBER.fullmatch(text.strip()) is not None


def names_part_or_person(text: str) -> bool:
    """Tell whether a line is the title of a part of the test or says who made it; a question is neither."""
    bare = text.strip()
    if len(bare) > _MAX_CHARS:
        return False
    asks = bare.endswith(("?", ":", "…", "...", ";", ","))
    return _SIGNATURE.match(bare) is not None or (not asks and _TITLE.match(bare) is not None)
