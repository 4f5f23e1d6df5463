"""Hidden checks of exercise-21.

Oracles: odds (a ratio of two posteriors needs no evidence), counting imagined mails for the smoothed
model, and products of probabilities in plain Python for few words; for many words, sums of
logarithms by math.fsum, which rounds once.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises


def bayes(prior, likelihood):
    """Bayes' rule in plain Python."""
    joint = [float(p) * float(q) for p, q in zip(prior, likelihood, strict=True)]
    return [w / math.fsum(joint) for w in joint]


def mails(rng, counts, words):
    """Mails in a random order, counts[c] of class c, each word with a chance of its own in each class."""
    y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    chance = rng.uniform(0.1, 0.9, size=(len(counts), words))
    return (rng.random((len(y), words)) < chance[y]).astype(np.int64), y


def a_model(rng, classes, words, low=0.05, high=0.95):
    """A model with unequal priors and thetas well inside (0, 1)."""
    prior = rng.dirichlet(np.arange(2.0, classes + 2.0))
    return np.log(prior), rng.uniform(low, high, size=(classes, words))


def parts(model):
    """Take the model of nb_fit apart, once it is known to have two parts."""
    if not isinstance(model, (tuple, list)) or len(model) != 2:
        raise ComparisonFailed(
            "nb_fit(X, y, n_classes) must return a tuple of two arrays, (log_prior, theta)."
        )
    return model


def log_posterior(X, model):
    """Log posterior by math.fsum, mail by mail and class by class."""
    log_prior, theta = model
    rows = []
    for mail in X.tolist():
        joint = [
            math.fsum(
                [start, *(math.log(t if word else 1.0 - t) for word, t in zip(mail, chances, strict=True))]
            )
            for start, chances in zip(log_prior.tolist(), theta.tolist(), strict=True)
        ]
        top = max(joint)
        rows.append([j - top - math.log(math.fsum(math.exp(k - top) for k in joint)) for j in joint])
    return np.array(rows)


def test_posterior_values(submission, rng):
    cases = [
        (rng.dirichlet(np.full(classes, 2.0)), rng.uniform(0.05, 1.0, size=classes))
        for classes in (2, 3, 7, 1)
    ]
    # A prior or a likelihood of 0 rules a class out and leaves the others to share everything.
    cases.append((np.array([0.0, 0.2, 0.5, 0.3]), np.array([0.6, 0.7, 0.0, 0.1])))
    for case, p in zip(cases, submission.posterior.each(cases), strict=True):
        assert_close(p, bayes(*case), rtol=1e-9, atol=1e-12, name="posterior(prior, likelihood)")
    # What is hardly possible stays so, with all its digits.
    case = rng.dirichlet(np.full(3, 2.0)), np.array([1e-25, 0.4, 3e-14])
    assert_close(submission.posterior(*case), bayes(*case), rtol=1e-9, name="posterior with tiny entries")


def test_uninformative_likelihood(submission, rng):
    cases = [
        (rng.dirichlet(np.full(classes, 2.0)), np.full(classes, rng.uniform(0.1, 0.9))) for classes in (2, 5)
    ]
    for (prior, _), p in zip(cases, submission.posterior.each(cases), strict=True):
        assert_close(p, prior, rtol=1e-9, name="posterior(prior, equal likelihoods)")


def test_likelihood_scale(submission, rng):
    prior = rng.dirichlet(np.full(4, 2.0))
    likelihood = rng.uniform(0.2, 1.0, size=4)
    want = bayes(prior, likelihood)
    # A route through logarithms rounds log(1e-200) = −460 by 1e-13.
    for p in submission.posterior.each([(prior.copy(), s * likelihood) for s in (0.01, 1e-16, 1e-200)]):
        assert_close(p, want, rtol=1e-9, name="posterior(prior, tiny likelihoods)")


def test_impossible_evidence(submission, rng):
    prior = rng.dirichlet(np.full(3, 2.0))
    possible = submission.posterior(prior, np.array([0.0, 0.4, 0.2]))
    as_array(possible, shape=(3,), name="posterior(prior, likelihood)")
    assert_raises(ValueError, submission.posterior, prior, np.zeros(3))
    assert_raises(ValueError, submission.posterior, np.array([0.6, 0.4, 0.0]), np.array([0.0, 0.0, 0.7]))


def test_binary(submission, rng):
    cases = [(0.5, 0.9, 0.05), (0.1, 0.9, 0.05), (0.01, 0.9, 0.05)]
    cases += [tuple(float(u) for u in rng.uniform(0.05, 0.95, size=3)) for _ in range(4)]
    found = submission.binary_posterior.each(cases)
    for (prior, tpr, fpr), p in zip(cases, found, strict=True):
        odds = prior / (1.0 - prior) * tpr / fpr  # odds after = odds before × tpr/fpr
        assert_close(p, odds / (1.0 + odds), rtol=1e-9, name="binary_posterior(prior, tpr, fpr)")


def test_binary_certain(submission, rng):
    prior, tpr, fpr = (float(u) for u in rng.uniform(0.05, 0.95, size=3))
    # A rare word is evidence all the same: only the ratio of its two rates counts.
    rare = submission.binary_posterior(prior, tpr * 1e-18, tpr * 1e-18)
    cases = [(prior, tpr, 0.0), (prior, 0.0, fpr), (0.0, tpr, fpr), (1.0, tpr, fpr)]
    for p, want in zip(submission.binary_posterior.each(cases), (1.0, 0.0, 0.0, 1.0), strict=True):
        assert_close(p, want, rtol=1e-9, atol=1e-12, name="binary_posterior(prior, tpr, fpr)")
    assert_close(rare, prior, rtol=1e-9, name="binary_posterior(prior, tiny, tiny)")
    hardly = submission.binary_posterior(1e-20, tpr, fpr)
    assert_close(hardly, 1e-20 * tpr / fpr, rtol=1e-9, name="binary_posterior(tiny, tpr, fpr)")


def test_binary_impossible(submission, rng):
    prior, tpr, fpr = (float(u) for u in rng.uniform(0.05, 0.95, size=3))
    possible = submission.binary_posterior(prior, tpr, fpr)
    as_array(possible, shape=(), name="binary_posterior(prior, tpr, fpr)")
    assert_raises(ValueError, submission.binary_posterior, prior, 0.0, 0.0)
    assert_raises(ValueError, submission.binary_posterior, 0.0, tpr, 0.0)
    assert_raises(ValueError, submission.binary_posterior, 1.0, 0.0, fpr)


def test_prior_from_counts(submission, rng):
    for counts, words in (([7, 2, 4], 5), ([1, 1, 1], 3), ([3, 9], 6), ([4], 2)):
        X, y = mails(rng, counts, words)
        for model in submission.nb_fit.each([(X.copy(), y.copy(), len(counts), *a) for a in ((), (2.5,))]):
            log_prior, _ = parts(model)
            assert_close(log_prior, np.log(np.array(counts) / len(y)), rtol=1e-9, name="log_prior")


def test_laplace(submission, rng):
    for counts, words in (([6, 2, 3], 4), ([1, 1, 1, 1], 4), ([2, 8], 5)):
        X, y = mails(rng, counts, words)
        X[:, 0] = 0  # a word that no mail contains
        fraction = float(rng.uniform(0.05, 0.8))
        plain, third = submission.nb_fit.each(
            [(X.copy(), y.copy(), len(counts), *a) for a in ((), (fraction,))]
        )
        second = submission.nb_fit(X, y, len(counts), alpha=3.0)
        # α whole: the plain share after α mails with every word and α mails without any were added.
        for alpha, model in ((1, plain), (3, second)):
            _, theta = parts(model)
            grown = [
                np.vstack([X[y == c], np.ones((alpha, words)), np.zeros((alpha, words))]).mean(axis=0)
                for c in range(len(counts))
            ]
            assert_close(theta, np.array(grown), rtol=1e-9, name="theta")
        with_word = np.array([X[y == c].sum(axis=0) for c in range(len(counts))])
        without = np.array(counts)[:, None] - with_word
        # A tiny α is one, too, and what comes out isn't held away from 0.
        fourth = submission.nb_fit(X, y, len(counts), 1e-7)
        for alpha, model in ((fraction, third), (1e-7, fourth)):
            _, theta = parts(model)
            # The odds of a word, (with + α)/(without + α), need no divisor.
            odds = (with_word + alpha) / (without + alpha)
            assert_close(theta, odds / (1.0 + odds), rtol=1e-9, name="theta")


def test_empty_class(submission, rng):
    for counts in ([3, 0, 5, 0], [0, 4, 2]):
        X, y = mails(rng, counts, 6)
        log_prior, theta = parts(submission.nb_fit(X, y, len(counts)))
        # A floor below 1e-260 under the logarithm is as good as −inf.
        found = as_array(log_prior, shape=(len(counts),), name="log_prior")
        with np.errstate(divide="ignore"):
            want = np.log(np.array(counts) / len(y))
        assert_close(np.where(found < -600.0, -np.inf, found), want, rtol=1e-9, name="log_prior")
        with_word = np.array([X[y == c].sum(axis=0) for c in range(len(counts))])
        want = (with_word + 1.0) / (np.array(counts)[:, None] + 2.0)
        assert_close(theta, want, rtol=1e-9, name="theta")


def test_nb_posterior(submission, rng):
    for shape, classes in (((6, 4), 3), ((4, 4), 4), ((3, 5), 2), ((2, 1), 3), ((1, 6), 2)):
        model = a_model(rng, classes, shape[1])
        X = rng.integers(0, 2, size=shape)
        X[0] = 0  # a mail without any known word still tells something
        want = []
        for mail in X.tolist():
            chance = [
                math.exp(start) * math.prod(t if word else 1.0 - t for word, t in zip(mail, row, strict=True))
                for start, row in zip(model[0].tolist(), model[1].tolist(), strict=True)
            ]
            want.append([math.log(p / math.fsum(chance)) for p in chance])
        # A class that is nearly certain has a logarithm near 0, where rounding is absolute.
        assert_close(submission.nb_log_posterior(X, model), np.array(want), rtol=1e-9, atol=1e-11,
                     name="nb_log_posterior(X, model)")  # fmt: skip
    # Words that hardly ever, or nearly always, come up.
    log_prior, theta = np.log([0.3, 0.2, 0.5]), rng.uniform(0.1, 0.9, size=(3, 4))
    theta[0, 1], theta[1, 2] = 1e-12, 1.0 - 2.0**-40
    X = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]])
    assert_close(submission.nb_log_posterior(X, (log_prior, theta)), log_posterior(X, (log_prior, theta)),
                 rtol=1e-9, atol=1e-11, name="nb_log_posterior with words that hardly ever come up")  # fmt: skip


def test_normalised(submission, rng):
    model = a_model(rng, 3, 7)
    X = rng.integers(0, 2, size=(5, 7))
    log_p = as_array(submission.nb_log_posterior(X, model), shape=(5, 3), name="nb_log_posterior(X, model)")
    assert_close(np.exp(log_p).sum(axis=1), np.ones(5), rtol=1e-9, name="The sum of each row's probabilities")
    # Alone, a mail gets what it got among others; words as frequent in each class leave the prior.
    flat = (model[0].copy(), np.tile(rng.uniform(0.1, 0.9, size=7), (3, 1)))
    alone, prior = submission.nb_log_posterior.each([(X[3:4], model), (X, flat)])
    assert_close(alone, log_p[3:4], rtol=1e-8, atol=1e-9, name="nb_log_posterior of one mail alone")
    assert_close(prior, np.tile(model[0], (5, 1)), rtol=1e-8, atol=1e-9,
                 name="nb_log_posterior, when the words tell nothing")  # fmt: skip


def test_no_underflow(submission, rng):
    words = 3000
    log_prior, chance = a_model(rng, 3, words)
    # Classes a little apart: posteriors that are neither 0 nor 1 after 3000 words.
    near = np.clip(chance[:1] + rng.normal(scale=0.01, size=(3, words)), 0.02, 0.98)
    likely = (near[0] > 0.5).astype(np.int64)
    # The last two mails have joint probabilities thousands of powers of ten apart.
    X = np.vstack([(rng.random((2, words)) < near[:1]).astype(np.int64), likely, 1 - likely])
    # Classes far apart: the losers' probabilities are below 1e-308, their logarithms are not −inf.
    Y = (rng.random((3, words)) < chance[[0, 1, 2]]).astype(np.int64)
    cases = [(X, (log_prior.copy(), near)), (Y, (log_prior.copy(), chance))]
    # Sums of size 5000 round by about 1e-11; 1e-7 leaves room for other orders of adding up.
    for case, log_p in zip(cases, submission.nb_log_posterior.each(cases), strict=True):
        assert_close(log_p, log_posterior(*case), rtol=1e-8, atol=1e-7,
                     name="nb_log_posterior(X, model) with 3000 words")  # fmt: skip


def test_no_mutation(submission, rng):
    prior, likelihood = rng.dirichlet(np.full(3, 2.0)), rng.uniform(0.1, 0.9, size=3)
    updated = assert_pure(submission.posterior, prior, likelihood)
    as_array(updated, name="posterior(prior, likelihood)")
    X, y = mails(rng, [3, 2, 4], 5)
    parts(assert_pure(submission.nb_fit, X, y, 3))
    log_p = assert_pure(submission.nb_log_posterior, X, a_model(rng, 3, 5))
    as_array(log_p, name="nb_log_posterior(X, model)")
