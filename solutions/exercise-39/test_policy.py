"""Hidden checks of exercise-39.

Oracles: double sums in plain Python, softmax through ratios p_i = 1 / Σ_j exp(z_j − z_i) (for
moderate scores), finite differences of the loss, the policy gradient theorem for one state, and
PPO's objective written by cases of the sign of the advantage. All calls of a check are made before
the first comparison, so that a known mistake shows itself in all of them.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_no_warnings, assert_pure, finite_difference

SHAPES = [(5, 3), (4, 4), (1, 6), (3, 7)]


def softmax(logits):
    return 1.0 / np.exp(logits[..., None, :] - logits[..., :, None]).sum(axis=-1)


def reward_to_go(rewards, gamma):
    length = len(rewards)
    return [math.fsum(gamma ** (k - t) * rewards[k] for k in range(t, length)) for t in range(length)]


def kl(old, new):
    p, q = softmax(old), softmax(new)
    return float(np.mean((p * np.log(p / q)).sum(axis=1)))


def ppo(logp_new, logp_old, adv, eps):
    """A gain counts up to the ratio 1 + eps; a loss counts from the ratio 1 − eps upwards, without end."""
    terms = []
    for new, old, a in zip(logp_new.tolist(), logp_old.tolist(), adv.tolist(), strict=True):
        ratio = math.exp(new - old)
        terms.append(a * (min(ratio, 1 + eps) if a >= 0 else max(ratio, 1 - eps)))
    return -math.fsum(terms) / len(terms)


def batch(rng, n):
    """Log-probabilities with ratios within and beyond every clip, advantages of both signs."""
    old = -rng.uniform(1.0, 3.0, size=n)
    return old + rng.uniform(-0.9, 0.9, size=n), old, rng.normal(scale=2.0, size=n)


def compare_each(results, wants, name, **tolerance):
    for result, want in zip(results, wants, strict=True):
        assert_close(result, want, name=name, **tolerance)


def test_returns(submission, rng):
    cases = [(rng.uniform(0.5, 2.0, size=n), float(g)) for n, g in [(5, 0.9), (8, 0.6), (1, 0.7), (2, 0.3)]]
    signed = rng.normal(size=6)
    results = [submission.discounted_returns(*case) for case in cases]
    results.append(submission.discounted_returns(signed, 0.8))
    wants = [reward_to_go(*case) for case in cases] + [reward_to_go(signed, 0.8)]
    compare_each(results, wants, "discounted_returns(rewards, gamma)", rtol=1e-9, atol=1e-12)


def test_returns_ends(submission, rng):
    rewards = rng.uniform(0.5, 2.0, size=5)
    counts = rng.integers(1, 9, size=6)
    cases = [(rewards, 0.0), (rewards, 1.0), (counts, 0.5), (counts, 1.0), (counts, 0.0), (counts[:1], 0.5)]
    results = [submission.discounted_returns(*case) for case in cases]
    wants = [reward_to_go(*case) for case in cases]
    compare_each(results, wants, "discounted_returns(rewards, gamma)", rtol=1e-9, dtype=float)


def test_returns_long(submission, rng):
    # 0.3^1000 is 0 in float64; beyond 100 steps the rewards are discounted by less than 1e-52.
    rewards = rng.uniform(0.5, 2.0, size=1000)
    padded = np.concatenate([rewards, np.zeros(100)])
    want = sum(0.3**k * padded[k : k + 1000] for k in range(100))
    result = submission.discounted_returns(rewards, 0.3)
    assert_close(result, want, rtol=1e-9, name="discounted_returns(rewards, 0.3) of a long episode")
    # Equal rewards and a far horizon: a geometric series.
    reward, to_come = float(rng.uniform(0.5, 2.0)), np.arange(400, 0, -1)
    assert_close(submission.discounted_returns(np.full(400, reward), 0.99), reward * (1 - 0.99**to_come) / 0.01,
                 rtol=1e-9, name="discounted_returns(rewards, 0.99) of a long episode")  # fmt: skip


def test_uniform_entropy(submission, rng):
    sizes = [(4, 2), (3, 5), (6, 6)]
    results = [submission.policy_entropy(np.repeat(rng.normal(size=(n, 1)), a, axis=1)) for n, a in sizes]
    compare_each(results, [math.log(a) for _, a in sizes], "policy_entropy of equal scores", rtol=1e-9)


def test_entropy_values(submission, rng):
    cases = [rng.normal(scale=1.5, size=shape) for shape in SHAPES]
    results = [submission.policy_entropy(z) for z in cases]
    wants = [float(-np.mean((softmax(z) * np.log(softmax(z))).sum(axis=1))) for z in cases]
    compare_each(results, wants, "policy_entropy(logits)", rtol=1e-9)


# Rows near the bound with one largest score: log Σ e^z, whose log 2 drowns in 1e300, may be formed there.
FAR = 1e299 * np.array([[7.0, 3.0, 0.0], [-9.0, -3.0, -6.0], [-2.0, -3.0, 4.0]])


def extreme_logits(rng):
    """Scores with an entropy of log 2 in each second row, 0 in the others."""
    top = rng.uniform(1000.0, 5000.0, size=(4, 1))
    return top * np.array([[1.0, -1.0, 0.0], [1.0, 1.0, -1.0], [-3.0, -2.0, -1.0], [-1.0, -2.0, -1.0]])


def test_entropy_extreme(submission, rng):
    z = extreme_logits(rng)
    results = [
        submission.policy_entropy(z),
        submission.policy_entropy(z[2:3]),
        submission.policy_entropy(z[3:]),
        submission.policy_entropy(FAR),
    ]
    wants = [math.log(2) / 2, 0.0, math.log(2), 0.0]
    compare_each(results, wants, "policy_entropy(logits)", rtol=1e-9, atol=1e-12)


def test_no_warnings(submission, rng):
    for z, want in ((extreme_logits(rng), math.log(2) / 2), (FAR, 0.0)):
        value = assert_no_warnings(submission.policy_entropy, z)
        assert_close(value, want, rtol=1e-9, atol=1e-12, name="policy_entropy(logits)")


def test_kl_old_new(submission, rng):
    pairs = [(rng.normal(size=shape), rng.normal(size=shape)) for shape in SHAPES]
    results = [submission.policy_kl(*pair) for pair in pairs]
    # The terms of the sum have both signs; rounding stays far below 1e-12.
    compare_each(results, [kl(*pair) for pair in pairs], "policy_kl(old, new)", rtol=1e-9, atol=1e-12)
    # Policies that are close: the divergence is small, some 1e-7, and not 0.
    old = rng.normal(size=(4, 3))
    near = old + 1e-3 * rng.normal(size=(4, 3))
    assert_close(
        submission.policy_kl(old, near), kl(old, near), rtol=1e-5, name="policy_kl of two close policies"
    )


def test_kl_same(submission, rng):
    z = rng.normal(size=(4, 3))
    shift = rng.uniform(-5.0, 5.0, size=(4, 1))
    other = rng.normal(size=(4, 3))
    results = [
        submission.policy_kl(z, z.copy()),
        submission.policy_kl(z, z + shift),
        submission.policy_kl(z, other + shift),
    ]
    wants = [0.0, 0.0, kl(z, other)]
    compare_each(results, wants, "policy_kl(old, new)", rtol=1e-9, atol=1e-12)


def test_kl_extreme(submission, rng):
    gap = float(rng.uniform(1000.0, 2000.0))
    far = gap * 1e296
    half = math.log(2)
    # One of two equal actions becomes e^-gap as likely; the other one takes everything.
    pairs = [
        (np.zeros((1, 2)), np.array([[0.0, -gap]])),
        (np.array([[gap, 0.0]]), np.zeros((1, 2))),
        (np.array([[gap, 0.0, -gap], [0.0, gap, 0.0]]), np.array([[0.0, gap, -gap], [0.0, gap, 0.0]])),
        (np.zeros((1, 2)), np.array([[far, 0.0]])),
    ]
    results = [submission.policy_kl(*pair) for pair in pairs]
    wants = [gap / 2 - half, half, gap / 2, far / 2]
    compare_each(results, wants, "policy_kl(old, new)", rtol=1e-9)


def reinforce_loss(logits, actions, advantages):
    n = np.arange(len(actions))
    return float(-np.mean(advantages * np.log(softmax(logits)[n, actions])))


def test_policy_gradient_fd(submission, rng):
    cases = []
    for n, a in SHAPES:
        advantages = rng.uniform(0.5, 2.0, size=n) * np.where(np.arange(n) % 2, -1.0, 1.0)
        cases.append((rng.normal(size=(n, a)), rng.integers(a, size=n), advantages))
    results = [submission.reinforce_grad(*case) for case in cases]
    for result, (z, actions, advantages) in zip(results, cases, strict=True):
        want = finite_difference(lambda x, c=actions, w=advantages: reinforce_loss(x, c, w), z)
        # Central differences with h = 1e-6 are good to about 1e-10 here.
        assert_close(result, want, rtol=1e-5, atol=1e-8, name="reinforce_grad(logits, actions, advantages)",
                     sizes={"N, the number of rows": len(z)})  # fmt: skip


def test_expected_gradient(submission, rng):
    results, wants = [], []
    for a in (3, 5):
        z, q = rng.normal(size=a), rng.normal(scale=2.0, size=a)
        p = softmax(z)
        gradient = submission.reinforce_grad(np.tile(z, (a, 1)), np.arange(a), p * q)
        results.append(gradient)
        # One row an action, weighted by its probability: ∂/∂z_j Σ p_a q_a = p_j (q_j − Σ p_a q_a).
        wants.append(-p * (q - p @ q) / a)
    for result, want in zip(results, wants, strict=True):
        a = len(want)
        total = as_array(result, shape=(a, a), name="reinforce_grad(logits, actions, advantages)").sum(axis=0)
        assert_close(total, want, rtol=1e-9, atol=1e-12, name="The sum of the rows, one an action")


def test_gradient_extreme(submission, rng):
    top = float(rng.uniform(1000.0, 3000.0))
    z = np.array([[top, -top, 0.0], [-top, -top, -2 * top], [0.0, top, top]])
    p = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.0, 0.5, 0.5]])
    sizes = rng.uniform(1.0, 2.0, size=3)
    # Advantages of any size, 0 too: such a row still counts in N.
    for actions, advantages in (
        (np.array([1, 0, 2]), sizes * [1.0, -1.0, 1.0]),
        (np.array([0, 2, 1]), sizes * [1.0, -1.0, 1.0]),
        (np.array([1, 0, 2]), sizes * [-500.0, 0.0, 1.0]),
        (np.array([0, 2, 1]), sizes * [0.0, 1.0, 80.0]),
    ):
        for scores, policy in ((z, p), (FAR, np.eye(3))):
            want = advantages[:, None] * (policy - np.eye(3)[actions]) / 3
            result = submission.reinforce_grad(scores, actions, advantages)
            assert_close(
                result, want, rtol=1e-9, atol=1e-12, name="reinforce_grad(logits, actions, advantages)"
            )


def test_ppo_cases(submission, rng):
    # ratio, advantage, what the objective must be, at the default eps = 0.2
    cases = [
        (1.5, 1.0, 1.2), (1.5, -1.0, -1.5), (0.5, 1.0, 0.5), (0.5, -1.0, -0.8),
        (1.1, 1.0, 1.1), (1.1, -1.0, -1.1), (0.9, 1.0, 0.9), (0.9, -1.0, -0.9),
    ]  # fmt: skip
    scales = rng.uniform(0.5, 2.0, size=len(cases)).tolist()
    old = -rng.uniform(1.0, 3.0, size=len(cases))
    results = [
        submission.ppo_loss(np.array([o + math.log(r)]), np.array([o]), np.array([a * s]))
        for (r, a, _), o, s in zip(cases, old.tolist(), scales, strict=True)
    ]
    wants = [-objective * s for (_, _, objective), s in zip(cases, scales, strict=True)]
    # Far ratios: a penalty has no end, and a gain that has become e^-20 as likely counts next to nothing.
    for gap in (3.0, 6.0, 12.0, 25.0, 49.0):
        for new, old, a in [(-1.0, -1.0 - gap, -1.0), (-1.0 - gap, -1.0, 1.0),
                            (-1.0, -1.0 - gap, 1.0), (-1.0 - gap, -1.0, -1.0)]:  # fmt: skip
            arrays = np.array([new]), np.array([old]), np.array([a])
            results.append(submission.ppo_loss(*arrays))
            wants.append(ppo(*arrays, 0.2))
    compare_each(results, wants, "ppo_loss of one sample", rtol=1e-9, atol=1e-14)


def test_ppo_batch(submission, rng):
    cases = [(batch(rng, n), eps) for n, eps in [(8, 0.2), (12, 0.05), (9, 0.45), (40, 0.9), (60, 0.2)]]
    cases[-2][0][2][3] = 0.0  # an advantage of 0 counts in N, too
    results = [submission.ppo_loss(*arrays, eps) for arrays, eps in cases]
    results += [submission.ppo_loss(*arrays, eps=eps) for arrays, eps in cases]
    wants = 2 * [ppo(*arrays, eps) for arrays, eps in cases]
    compare_each(results, wants, "ppo_loss(logp_new, logp_old, adv, eps)", rtol=1e-9, atol=1e-12)


def test_same_policy(submission, rng):
    cases = [(-rng.uniform(0.5, 3.0, size=n), rng.normal(loc=0.5, size=n)) for n in (6, 1)]
    results = [submission.ppo_loss(logp, logp.copy(), adv) for logp, adv in cases]
    wants = [-math.fsum(adv.tolist()) / len(adv) for _, adv in cases]
    compare_each(results, wants, "ppo_loss of an unchanged policy", rtol=1e-9, atol=1e-12)


def test_tiny_probabilities(submission, rng):
    new, old, adv = batch(rng, 7)
    result = submission.ppo_loss(new - 1000.0, old - 1000.0, adv)
    # A logarithm near −1000 is rounded by 1e-13, and the ratio with it.
    assert_close(
        result, ppo(new, old, adv, 0.2), rtol=1e-9, atol=1e-10, name="ppo_loss(logp_new, logp_old, adv)"
    )


def test_entropy_bonus(submission, rng):
    arrays = batch(rng, 6)
    plain = ppo(*arrays, 0.2)
    entropy, coef = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.05, 0.3))
    results = [
        submission.ppo_loss(*arrays, entropy=entropy, entropy_coef=coef),
        submission.ppo_loss(*arrays, 0.3, 2 * entropy, coef),
        submission.ppo_loss(*arrays, entropy=entropy),
        submission.ppo_loss(*arrays, entropy_coef=coef),
    ]
    wants = [plain - coef * entropy, ppo(*arrays, 0.3) - 2 * coef * entropy, plain, plain]
    compare_each(results, wants, "ppo_loss with an entropy bonus", rtol=1e-9, atol=1e-12)


def test_no_mutation(submission, rng):
    rewards, z = rng.uniform(0.5, 2.0, size=5), rng.normal(size=(4, 3))
    want = reward_to_go(rewards, 0.5)
    assert_close(assert_pure(submission.discounted_returns, rewards, 0.5), want, rtol=1e-9)
    assert_pure(submission.discounted_returns, rewards, 0.0)
    assert_pure(submission.discounted_returns, rewards[:1], 0.5)
    assert_pure(submission.policy_entropy, z)
    assert_pure(submission.policy_entropy, z[:1])
    assert_pure(submission.policy_kl, z[:1], z[1:2])
    assert_pure(submission.reinforce_grad, z[:1], np.array([1]), np.array([1.0]))
    assert_pure(submission.policy_kl, z, rng.normal(size=(4, 3)))
    assert_pure(submission.reinforce_grad, z, rng.integers(3, size=4), rng.normal(size=4))
    assert_pure(submission.ppo_loss, *batch(rng, 5), entropy=0.5, entropy_coef=0.1)
