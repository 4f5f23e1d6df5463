r"""Write the mathematics of a text, `$\frac{1}{n}\sum_i x_i$`, in Unicode for a terminal: (1/n) ∑ᵢ xᵢ."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

_MATH = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|([^\s{}]))")

# Unicode has no more letters than these as superscripts and subscripts.
_SUPERSCRIPTS = dict(
    zip(
        "0123456789+−-=()abcdefghijklmnoprstuvwxyzTβ′⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝ′ᵀ",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip("0123456789+−-=()aehijklmnoprstuvxβ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦ", strict=True)
)

_FUNCTIONS = ("log", "ln", "exp", "sin", "cos", "tanh", "det", "arg")
_FUNCTION = rf"\b({'|'.join(_FUNCTIONS)})([₀-₉]*)"
# Signs between two sides, with an index of their own; the converter loses the blank behind them.
_SIGN = re.compile(r"( ?)([→←↦⇒⇔∈∉≤≥≠≈∼≡∝⊂⊆×·⊙⊗∘][₀-₉]*)( ?)")

# Combining characters, which stand behind the letter that they mark.
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}

# Private-use characters stand for a _, ^, { or } that is meant, until all others are gone.
_MARKS = str.maketrans(
    {"\ue000": "_", "\ue001": "^", "\ue002": "{", "\ue003": "}", "\ue004": None, "\ue005": None}
)
# Where a fraction begins and ends: what touches it there is a factor, and keeps a distance.
_BEFORE, _AFTER = "\ue004", "\ue005"


def readable(text: str, *, markdown: bool = False) -> str:
    """Replace each `$…$` of a text by Unicode; everything else stays as it is.

    Args:
        text: Plain text or Markdown.
        markdown: Whether the result is read as Markdown: then a _ or * in a formula is escaped.
    """
    if "$" not in text:
        return text

    def plain(match: re.Match[str]) -> str:
        formula = unicode_math(match[1] or match[2])
        return re.sub(r"([_*])", r"\\\1", formula) if markdown else formula

    return _MATH.sub(plain, text)


def unicode_math(latex: str) -> str:
    """Write one LaTeX formula in Unicode, as plainly as one line allows."""
    latex = re.sub(
        r"\\[td]frac *(?:(\d) *(\d))?", lambda m: r"\frac" + (f"{{{m[1]}}}{{{m[2]}}}" if m[1] else ""), latex
    )
    latex = re.sub(r"([_^])(\\(?:text|mathrm|operatorname|mathbf)\{[^{}]*\})", r"\1{\2}", latex)
    latex = latex.replace("'''", "‴").replace("''", "″")  # else they become a closing quotation mark
    plain = re.sub(r" +(?=[_^])", "", _converter().latex_to_text(f"${latex}$")).strip()
    previous = None
    # From the innermost script outwards: e^{x_{i}} has two.
    while plain != previous:
        previous, plain = plain, _SCRIPT.sub(_script, plain)
    plain = re.sub(rf"{_FUNCTION} *{_BEFORE}([^{_BEFORE}{_AFTER}]*){_AFTER}", r"\1\2(\3)", plain)
    plain = _SIGN.sub(lambda m: f" {m[2]} " if m[1] or m[3] else m[2], plain)
    plain = re.sub(rf"{_FUNCTION} +\(", r"\1\2(", plain)
    plain = re.sub(rf"(^|[(=,] ?)- +(?={_FUNCTION})", r"\1-", plain)
    plain = re.sub(rf"(?<=[\w\u0300-\u036f)]){_BEFORE}|{_AFTER}(?=[\w‖(√∑])", " ", plain)
    plain = re.sub(r"(?<=[(\[∂∇√{]) +| +(?=[)\],.;_^}])", "", re.sub(r" {2,}", " ", plain)).strip()
    return re.sub(r"[{}]", "", plain).replace("-", "−").translate(_MARKS)


def _script(match: re.Match[str]) -> str:
    inner = match[2] if match[2] is not None else match[3]
    table = _SUPERSCRIPTS if match[1] == "^" else _SUBSCRIPTS
    compact = inner.replace(" ", "")
    if compact and all(char in table for char in compact):
        return "".join(table[char] for char in compact)
    mark = "\ue001" if match[1] == "^" else "\ue000"
    return f"{mark}({compact})" if len(compact) > 1 and not compact.isalpha() else f"{mark}{compact}"


_SCRIPTS = r"([_^](\{[^{}]*\}|\w))*"
# A number, a symbol with its indices, a word, or what stands in brackets already.
_TERM = re.compile(
    rf"[0-9.]+|\w[\u0300-\u036f]?['′]*{_SCRIPTS}|[A-Za-z]+{_SCRIPTS}|[∂∇] ?\w*{_SCRIPTS}|\w*\([^()]*\)"
)


def _bracketed(text: str) -> str:
    """Put a term of several parts in brackets, so that it can stand in a fraction or under a root."""
    text = text.strip()
    return text if _TERM.fullmatch(text) else f"({text})"


def _unbraced(text: str) -> str:
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    def fraction(node: Any, l2tobj: Any) -> str:
        above, below = (_unbraced(l2tobj.nodelist_to_text([arg])) for arg in node.nodeargd.argnlist[-2:])
        return f"{_BEFORE}{_bracketed(above)}/{_bracketed(below)}{_AFTER}"

    def root(node: Any, l2tobj: Any) -> str:
        return f"√{_bracketed(_unbraced(l2tobj.nodelist_to_text([node.nodeargd.argnlist[-1]])))}"

    def plain(node: Any, l2tobj: Any) -> str:
        return _unbraced(str(l2tobj.nodelist_to_text([node.nodeargd.argnlist[-1]])))

    def accent(mark: str) -> Callable[[Any, Any], str]:
        return lambda node, l2tobj: plain(node, l2tobj) + mark

    specs = [
        MacroTextSpec("frac", fraction),
        MacroTextSpec("sqrt", root),
        *(MacroTextSpec(name, plain) for name in ("mathbf", "boldsymbol", "mathrm", "text", "operatorname")),
        *(MacroTextSpec(name, f" {name} ") for name in _FUNCTIONS),
        *(MacroTextSpec(name, accent(mark)) for name, mark in _ACCENTS.items()),
        MacroTextSpec("ne", "≠"),
        MacroTextSpec("neq", "≠"),
        MacroTextSpec("top", "⊤"),
        MacroTextSpec("|", "‖"),
        MacroTextSpec("lVert", "‖"),
        MacroTextSpec("rVert", "‖"),
        MacroTextSpec("mid", " | "),
        MacroTextSpec("{", "\ue002"),
        MacroTextSpec("}", "\ue003"),
        MacroTextSpec("quad", "  "),
        MacroTextSpec(",", " "),
        MacroTextSpec("odot", "⊙"),
        MacroTextSpec("bigl", ""),
        MacroTextSpec("bigr", ""),
        MacroTextSpec("left", ""),
        MacroTextSpec("right", ""),
    ]
    context = get_default_latex_context_db()
    context.add_context_category("course", prepend=True, macros=specs)
    return LatexNodes2Text(
        latex_context=context, math_mode="text", keep_braced_groups=True, keep_braced_groups_minlen=1
    )
