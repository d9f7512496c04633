"""The person that a token belongs to."""

from labelbus.models.base import Model


class Person(Model):
    """Somebody with an account."""

    id: str
    name: str
    email: str


class Session(Model):
    """Who you are, and what you may do in the whole deployment."""

    user: Person
    permissions: list[str]
