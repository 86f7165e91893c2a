"""The types of the model's fields, asked one at a time: `model_copy` checks nothing, so the door for change does."""

from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter

from app.model.base import Model
from app.storage.course_file import repeated_id

_UNKNOWN = object()


@cache
def _adapter(owner: type[Model], name: str) -> TypeAdapter[Any]:
    field = owner.model_fields[name]
    annotation: Any = Annotated[field.annotation, field]
    return TypeAdapter(annotation)


def checked(owner: type[Model], name: str, value: object) -> Any:  # noqa: ANN401 - as many types as fields
    """Return the value as the field holds it; a whole number becomes a float where the field is one.

    Raises:
        ValueError: it is of a wrong type (strictly: no text for a number, no list for a tuple), its constraints are
            broken, or two elements of a list share an id. Elements that are models are taken as they are.
    """
    result = _adapter(owner, name).validate_python(value, strict=True)
    if isinstance(result, tuple) and (shared := repeated_id(result)) is not None:
        raise ValueError(f"{owner.__name__}.{name}: two elements have the id {shared}")
    return result


def check_change(before: object, after: object) -> None:
    """Check what differs between two values of one kind; what is the same object in both is not looked at again.

    Raises:
        ValueError: as `checked`.
    """
    if after is before:
        return
    if isinstance(after, Model):
        known = vars(before) if isinstance(before, Model) and type(before) is type(after) else {}
        for name, new in vars(after).items():
            old = known.get(name, _UNKNOWN)
            if new is not old:
                checked(type(after), name, new)
                check_change(old, new)
    elif isinstance(after, tuple) and any(isinstance(element, Model) for element in after):
        by_id = {getattr(old, "id", None): old for old in before} if isinstance(before, tuple) else {}
        for element in after:
            old = by_id.get(getattr(element, "id", None))
            if old is not element:  # of ten thousand questions one has changed
                check_change(old, element)
