"""A small quiz that uses every type of question and every generator, and the folders it lies in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.quiz.key import QuizKey
from grader.quiz.quiz import Quiz
from grader.quiz.reading import read_key, read_quiz

ROOT = Path(__file__).parents[2]

QUIZ = r"""# yaml-language-server: $schema=../quiz.schema.json
title: A little of everything
needs: [exercise-01]
topics: [vectors]
introduction: Every type of question once. In a large model all of this happens at every step.
attempts: {max: 3, penalty: 0.1}
questions:
- id: sigmoid
  title: The derivative of the sigmoid
  type: expression
  points: 2
  concepts: [chain-rule]
  prompt: 'With $s = \sigma(wx)$ and $w = {{w}}$, give $\partial s/\partial x$ in $s$.'
  params:
    w: {decimal: [-2, 2], step: 0.5}
  require: ['abs(w) > 0.25', 'w != 1']
  symbols: {s: {domain: [0.05, 0.95]}}
  functions: []
  hints:
  - {text: 'Differentiate from outside in.', cost: 0.1}
  - {text: 'The inner derivative is ${{w}}$.', cost: 0.2}
- id: relu
  title: A kink
  type: expression
  concepts: [chain-rule]
  prompt: 'Write $\max(0, x)^2$ without a power.'
  symbols: {x: {domain: [-2, 2]}}
  functions: [relu, abs, max]
  pinned: [{x: 0}]
- id: mse
  title: The mean squared error
  type: numeric
  points: 3
  concepts: [mean]
  params:
    n: {choice: [2, 4, 5]}
    e: {integer: [1, 9], count: n}
    total: {expr: sum(e)}
  require: ['sum(e^2) > 2*n', 'total > n']
  prompt: 'Residuals {{e}}, {{n}} of them with the sum {{total}}: give the mean squared error.'
  unit: m²
  hints: [{text: Square first., cost: 0.1}]
- id: spacing
  title: The step after 1
  type: numeric
  concepts: [floating-point]
  params:
    k: {integer: [0, 2]}
    format: {pick: [bfloat16, float16, float32], by: k}
  prompt: 'Which is the distance from 1 to the next number of {{format}}?'
- id: gradient
  title: A gradient
  type: vector
  points: 2
  concepts: [gradient]
  length: 2
  params:
    point: {integer: [-3, 3], count: 2, distinct: true}
    c: {decimal: ['1', '2'], step: 0.1}
  require: ['point[0] != 0', 'point[1] != 0', 'abs(point[0]) != abs(point[1])', 'abs(2*point[0]*point[1] - point[0]^2 - c) > 0.2']
  prompt: 'Give the gradient of $x^2y + {{c}}y$ at {{point}}.'
- id: product
  title: A product of matrices
  type: matrix
  points: 2
  concepts: [matrix-product]
  params:
    A: {integer: [-3, 3], shape: [2, 3]}
    B: {integer: [-3, 3], shape: [3, 2]}
  require: ['norm(A) > 0', 'norm(B) > 0', 'norm(matmul(A, B)) > 0', 'abs(norm(matmul(A, B) - transpose(matmul(A, B)))) > 0']
  prompt: 'Give $AB$ with $A = {{A}}$, whose first entry is {{A[0, 0]}}, and $B = {{B}}$.'
- id: shape
  title: The shape of a weight
  type: single
  concepts: [matrix-product]
  params:
    p: {choice: [3, 5, 7]}
    q: {choice: [2, 4, 6]}
  prompt: 'X has {{p}} columns, y has {{q}}: which shape has W in $y = XW$?'
  options:
    first: '({{p}}, {{q}})'
    second: '({{q}}, {{p}})'
    third: '({{p}}, {{p}})'
- id: smallest
  title: The smallest
  type: single
  concepts: [mean]
  shuffle: false
  params:
    v: {shuffle: [1, 2, 3]}
  prompt: 'Which entry of {{v}} is the smallest?'
  options: {one: the first, two: the second, three: the third}
- id: orthogonal
  title: Orthogonal matrices
  type: multiple
  points: 2
  concepts: [matrix-product]
  prompt: 'What holds for every orthogonal matrix?'
  options:
    gram: '$Q^T Q = I$'
    length: It keeps lengths.
    symmetric: It is symmetric.
    det: Its determinant is 1.
- id: above
  title: Which are above a threshold
  type: multiple
  concepts: [mean]
  params:
    x: {decimal: [0, 1], step: 0.05, count: 4, distinct: true}
  prompt: 'Which of {{x}} are at least 0.5?'
  options: {a0: '{{x[0]}}', a1: '{{x[1]}}', a2: '{{x[2]}}', a3: '{{x[3]}}'}
- id: convex
  title: Convexity
  type: boolean
  concepts: [gradient]
  params:
    h: {choice: [[1, 2], [1, -2], [3, 1]]}
  prompt: 'A function with the constant Hessian diag({{h}}) is convex.'
- id: steps
  title: One training step
  type: order
  points: 2
  concepts: [chain-rule]
  prompt: 'Put one training step in order.'
  steps:
    gradient: gradients
    forward: forward pass
    update: update
    loss: loss
- id: pipeline
  title: A partial order
  type: order
  concepts: [chain-rule]
  prompt: 'Put them in an order in which each has what it needs.'
  steps: {sum: 'a + b', b: load b, a: load a, print: print the sum}
- id: ranks
  title: Ranks
  type: match
  points: 2
  concepts: [matrix-product]
  prompt: 'Which rank has each?'
  left: {bias: a bias, word: a word vector, batch: a batch of images}
  right: {four: '4', zero: '0', two: '2', one: '1'}
- id: rule
  title: The rule for compositions
  type: short
  concepts: [chain-rule]
  prompt: 'Which rule differentiates a composition?'
"""

KEY = r"""# yaml-language-server: $schema=../key.schema.json
questions:
  sigmoid:
    answer: w*s*(1 - s)
    feedback: 'The factor ${{w}}$ is the inner derivative.'
    misconceptions:
    - {id: no_inner, answer: s*(1 - s), credit: 0.5, feedback: 'The inner derivative ${{w}}$ is lost.'}
    tests:
    - {give: 's - s^2', credit: 0.5, misconception: no_inner}
    - {give: 's*(1-s', status: invalid}
    - {give: 's', credit: 0}
  relu:
    answer: relu(x)*relu(x)
    wrong: Look at negative x too.
    counterexample: false
    tests:
    - {give: 'x*max(0, x)', credit: 1}
    - {give: '(x + abs(x))*x/2', credit: 1}
    - {give: 'x*x', credit: 0}
  mse:
    values: {sq: sum(e^2)}
    answer: sq/n
    tolerance: {rel: 1.0e-6, abs: 1.0e-9}
    feedback: 'Yes: {{sq}}/{{n}}.'
    misconceptions:
    - {id: sse, answer: sq, credit: 0.3, feedback: 'Divide by ${{n}}$.'}
    - {id: overflow, answer: inf, feedback: Nothing overflows here.}
    tests:
    - {give: abc, status: invalid}
    - {give: inf, credit: 0, misconception: overflow}
  spacing:
    values: {table: '[7, 10, 23]', bits: 'table[k]'}
    answer: 2^(-bits)
    tolerance: {rel: 0.01}
    misconceptions:
    - {id: roundoff, answer: 2^(-bits - 1), feedback: That is the bound of the rounding error.}
    tests:
    - {give: 2^-7, credit: 1, seed: 2}
  gradient:
    values: {a: 'point[0]', b: 'point[1]'}
    answer: ['2*a*b', 'a^2 + c']
    tolerance: {abs: 1.0e-9}
    misconceptions:
    - {id: swapped, answer: ['a^2 + c', '2*a*b'], credit: 0.5, feedback: 'The derivative by $x$ stands first.'}
    tests:
    - {give: [1000, 1000], credit: 0}
    - {give: 7, status: invalid}
    - {give: '[1, 2, 3]', status: invalid}
  product:
    answer: matmul(A, B)
    exact: true
    misconceptions:
    - {id: reversed, answer: 'matmul(B, A)', feedback: 'That is $BA$.'}
    tests:
    - {give: '[[999, 0], [0, 999]]', credit: 0}
  shape:
    right: [first]
    options:
      first: 'Rows of X are samples.'
      second: 'That is the convention $y = Wx$.'
      third: 'Then y would have {{p}} columns.'
    tests:
    - {give: [first], credit: 1}
    - {give: second, credit: 0}
  smallest:
    right: {one: 'v[0] == 1', two: 'v[1] == 1', three: 'v[2] == 1'}
    options: {one: 'It is {{v[0]}}.', two: 'It is {{v[1]}}.', three: 'It is {{v[2]}}.'}
  orthogonal:
    right: [gram, length]
    options: {symmetric: A rotation is not., det: Or -1.}
    missed: {length: 'From $Q^T Q = I$ follows $|Qx| = |x|$.'}
    tests:
    - {give: [gram, length], credit: 1}
    - {give: [gram], credit: 0.5}
    - {give: [gram, length, symmetric, det], credit: 0}
  above:
    right: {a0: 'x[0] >= 0.5', a1: 'x[1] >= 0.5', a2: 'x[2] >= 0.5', a3: 'x[3] >= 0.5'}
    options: {a0: '{{x[0]}}?', a1: '{{x[1]}}?', a2: '{{x[2]}}?', a3: '{{x[3]}}?'}
  convex:
    answer: min(h) >= 0
    feedback: Look at the smallest eigenvalue.
    wrong: The smallest eigenvalue decides.
  steps:
    order: [forward, loss, gradient, update]
    feedback: Right.
    tests:
    - {give: [forward, loss, gradient, update], credit: 1}
    - {give: [update, gradient, loss, forward], credit: 0}
  pipeline:
    before: [[a, sum], [b, sum], [sum, print]]
    tests:
    - {give: [a, b, sum, print], credit: 1}
    - {give: [b, a, sum, print], credit: 1}
  ranks:
    pairs: {bias: zero, word: one, batch: four}
    wrong: {word/two: 'A row of a table is a vector.'}
    tests:
    - {give: {bias: zero, word: one, batch: four}, credit: 1}
    - {give: {bias: zero, word: two, batch: four}, credit: 0.6666666666666666}
  rule:
    accept: [chain rule]
    misconceptions:
    - {id: product, answer: [product rule, Leibniz rule], feedback: That one is for products.}
    wrong: It has its name from its links.
    tests:
    - {give: The Chain-Rule., credit: 1}
    - {give: product rule, credit: 0, misconception: product}
    - {give: chian rule, status: undecided}
"""


@dataclass(frozen=True)
class SmallQuiz:
    """The quiz quiz-01 of a course in a folder of its own."""

    root: Path

    @property
    def yaml(self) -> Path:
        """What learners get."""
        return self.root / "exercises" / "quiz-01" / "quiz.yaml"

    @property
    def key_yaml(self) -> Path:
        """What stays with staff."""
        return self.root / "solutions" / "quiz-01" / "key.yaml"

    def read(self) -> tuple[Quiz, QuizKey]:
        """Read both files."""
        quiz = read_quiz(self.yaml)
        return quiz, read_key(self.key_yaml, quiz)

    def declare(self, quiz: Any = None, key: Any = None) -> None:
        """Write another quiz or key from plain data."""
        for path, data in ((self.yaml, quiz), (self.key_yaml, key)):
            if data is not None:
                path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def make_quiz(root: Path) -> SmallQuiz:
    """Write the small quiz into a course's folder."""
    made = SmallQuiz(root)
    for path, text in ((made.yaml, QUIZ), (made.key_yaml, KEY)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    stub = made.yaml.with_name("answers.yaml")
    stub.write_text("quiz: quiz-01\nlearner: ''\nanswers: {}\n", encoding="utf-8")
    return made
