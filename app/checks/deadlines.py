"""When sections open and tasks are due."""

from datetime import date

from app.model.course import Course
from app.model.tasks import Task
from app.model.views import module_of_task


def has_deadline(task: Task) -> bool:
    """Tell whether a task has a deadline, as a date or as days after the opening of its section."""
    return task.deadline is not None or task.deadline_days is not None


def opening_of(course: Course, task: Task) -> date | None:
    """Return the day on which the task's section opens; of a task at the course's end the course's first day."""
    module = module_of_task(course, task)
    return course.schedule.start if module is None else module.opens_on


def due_day(course: Course, task: Task) -> date | None:
    """Return the day on which a task is due, None while it cannot be told."""
    if task.deadline is not None or task.deadline_days is None:
        return task.deadline
    return day_after(opening_of(course, task), task.deadline_days)


def day_after(day: date | None, days: int) -> date | None:
    """Return a day moved by a number of days, negative for earlier; None where there is none in the calendar."""
    if day is None or abs(days) > date.max.toordinal():
        return None
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def day_text(day: date) -> str:
    """Return a day as people in Kazakhstan write it: ``01.02.2027``."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"
