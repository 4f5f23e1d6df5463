"""Mathematics for a terminal."""

import pytest

from grader.render.mathtext import readable, unicode_math


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\sigma(x)=\frac{1}{1+e^{-x}}", "σ(x)=1/(1+e⁻ˣ)"),
        (r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}", "pᵢ = e^(zᵢ/T)/(∑ⱼ e^(zⱼ/T))"),
        (r"\sum_j e^{z_{nj} - m_n}", "∑ⱼ e^(zₙⱼ−mₙ)"),
        (r"\log\det\Sigma", "log det Σ"),
        (r"-\log_2 p", "−log₂ p"),
        (r"\eta\frac{\hat m_t}{\sqrt{\hat v_t} + \varepsilon}", "η m\u0302ₜ/(√v\u0302ₜ + ε)"),
        (r"\frac{\lambda}{2}\|w\|^2", "λ/2 ‖w‖²"),
        (r"e^{\frac{1}{2}}", "e^(1/2)"),
        (r"f''(x) + f'''(x)", "f″(x) + f‴(x)"),
        (r"\sqrt{d_k}", "√dₖ"),
        (r"\sqrt{2\pi}", "√(2π)"),
        (r"\sqrt{2}", "√2"),
        (r"\partial L/\partial W_1", "∂L/∂W₁"),
        (r"\mathbb{R}^{n\times k}", "ℝ^(n×k)"),
        (r"D_{\mathrm{KL}}(p\|q)", "D_KL(p‖q)"),
        (r"\hat m_t", "m\u0302ₜ"),
        (r"\hat{y}_i = \dot{w}", "y\u0302ᵢ = w\u0307"),
        (r"W^\top x", "Wᵀ x"),
        (r"x \in \{0, 1\}", "x ∈ {0, 1}"),
        (r"-\tfrac12 x^2", "−1/2 x²"),
        (r"P(A \mid B)", "P(A | B)"),
        (r"\log p_i", "log pᵢ"),
        (r"x^{(1)}_{ij}", "x⁽¹⁾ᵢⱼ"),
        (r"a \le b \ne c", "a ≤ b ≠ c"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\frac{f(x)}{2h}", "f(x)/(2h)"),
        (r"\frac{\partial f}{\partial x_i}", "∂f/∂xᵢ"),
        (r"T \to \infty", "T → ∞"),
        (r"x \cdot \Phi(x)", "x · Φ(x)"),
        (r"v \leftarrow \beta v", "v ← β v"),
        (r"a \le \sum_i b_i", "a ≤ ∑ᵢ bᵢ"),
        (r"G \times_1 U", "G ×₁ U"),
        (r"n\times k", "n × k"),
        (r"\log(x) - \log x", "log(x) − log x"),
        (r"\frac12 \log \frac43", "1/2 log(4/3)"),
        (r"\pi_\text{old}", "π_old"),
    ],
)
def test_a_formula_reads_on_one_line(latex: str, plain: str) -> None:
    assert unicode_math(latex) == plain


def test_only_what_stands_between_dollars_is_changed() -> None:
    assert (
        readable("costs `a_b` and $a_1$, then $$b^2$$ and _this_") == "costs `a_b` and a₁, then b² and _this_"
    )
    assert readable("no mathematics_here") == "no mathematics_here"


def test_a_formula_in_markdown_makes_nothing_italic() -> None:
    assert readable("$x_F$ and $y_F$", markdown=True) == "x\\_F and y\\_F"
