"""When two spellings are of one name: comparison keys for ids, e-mail addresses and people's names."""

import re
import unicodedata


def loose(text: str) -> str:
    """Fold what people can't see or don't mind: composition, case, invisible marks, space around."""
    if text.isascii():  # most are, and of tens of thousands each is asked for a few times
        return text.lower().strip()
    visible = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", visible.casefold()).strip()


def squeezed(name: str) -> str:
    """Keep a name's letters and digits alone, as Canvas does: `Doe, Jane` becomes `doejane`."""
    return re.sub(r"[\W_]+", "", loose(name))


def name_keys(name: str) -> frozenset[str]:
    """Give the squeezed forms that a person's name takes: as it stands, and with the last name first.

    Where the last name begins isn't known, so each way to turn the words round is one; `Doe, Jane`
    is `Jane Doe` as well.
    """
    words = re.split(r"[\s,]+", name.strip())[:8]
    turned = ("".join(words[cut:] + words[:cut]) for cut in range(len(words)))
    return frozenset(key for key in map(squeezed, turned) if key)
