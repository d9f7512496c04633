"""Texts whose true labels are known, with everything in them that makes places hard to count."""

from dataclasses import dataclass

KINDS = ["question", "complaint", "praise"]
ENTITIES = ["person", "place", "organisation"]


@dataclass(frozen=True)
class Tagged:
    """A text and what is to be tagged in it: label and words, in their order."""

    text: str
    entities: tuple[tuple[str, str], ...]

    @property
    def spans(self) -> list[tuple[str, int, int]]:
        """Label, start and end in code points."""
        found, after = [], 0
        for label, words in self.entities:
            start = self.text.index(words, after)
            after = start + len(words)
            found.append((label, start, after))
        return found


NEWS = {
    "emoji.txt": Tagged(
        "😀 Angela Merkel met Emmanuel Macron in Paris.\r\n👩‍👩‍👧‍👦 waited; 🇩🇪 and the European Union too.\r\n",
        (
            ("person", "Angela Merkel"),
            ("person", "Emmanuel Macron"),
            ("place", "Paris"),
            ("place", "🇩🇪"),
            ("organisation", "European Union"),
        ),
    ),
    "marks.txt": Tagged(
        "The cafe\u0301 Dvor\u030ca\u0301k in Ko\u0308ln,\n\nand \U0001d4a2amma of \U0001d505erlin.\n",
        (("organisation", "cafe\u0301 Dvor\u030ca\u0301k"), ("place", "Ko\u0308ln"), ("place", "\U0001d505erlin")),
    ),
    "leftward.txt": Tagged(
        "דני גר בירושלים עם Anna Smith.\rسافر محمد إلى القاهرة.",  # noqa: RUF001  these letters are Arabic
        (("person", "דני"), ("place", "בירושלים"), ("person", "Anna Smith"), ("person", "محمد"), ("place", "القاهرة")),
    ),
}


def letter(number: int) -> str:
    """The name says what it is."""
    return f"{number:04}-{KINDS[number % len(KINDS)]}.txt"


def kind_of(name: str) -> str:
    """The label that is right for a file."""
    return name.rpartition("-")[2].removesuffix(".txt")


def letters(count: int) -> dict[str, bytes]:
    """Short texts, each of one kind."""
    return {
        letter(number): f"This is a {kind_of(letter(number))} 🙂 number {number}.\n".encode() for number in range(count)
    }
