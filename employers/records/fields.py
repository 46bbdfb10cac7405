"""Model fields whose column holds only sealed bytes. The row's key is part of the seal, so models need UUID keys."""

import json
from typing import Any

from django.db import models

from employers.records import crypto


class Sealed(bytes):
    """As read from the database, not yet opened."""


class SealedAttribute:
    """Opens on first access: a list that shows no personal data pays for none."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = self.field.opened(value, instance.pk)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]  # not subscriptable when run
    """A text the database cannot read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.attname, SealedAttribute(self))

    def bound_to(self, pk: Any) -> str:
        return f"{self.model._meta.db_table}.{self.column}.{pk}"

    def sealed(self, value: Any, pk: Any) -> bytes:
        return crypto.seal(self.to_text(value), bound_to=self.bound_to(pk))

    def opened(self, value: bytes, pk: Any) -> Any:
        return self.from_text(crypto.unseal(value, bound_to=self.bound_to(pk)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(self.sealed(value, model_instance.pk))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise TypeError("A sealed field is written through its model, never by update() or a filter.")
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text


class SealedJSONField(SealedTextField):
    """A JSON document the database cannot read."""

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text)


class SealedBytesField(SealedTextField):
    """A file the database cannot read, byte for byte as it came."""

    def sealed(self, value: Any, pk: Any) -> bytes:
        return crypto.seal_bytes(bytes(value), bound_to=self.bound_to(pk))

    def opened(self, value: bytes, pk: Any) -> Any:
        return crypto.unseal_bytes(value, bound_to=self.bound_to(pk))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("A sealed field is written through its model, never by update() or a filter.")
        return super().get_db_prep_value(value, connection, prepared)
