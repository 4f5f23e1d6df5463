"""Hidden checks of exercise-11.

Oracle: data that are built from known directions and variances. Columns with mean 0 and exactly
orthonormal are stretched, turned and moved, so mean, components and variances of the sample are
known without any decomposition. Neighbouring variances differ by a factor of 1.5 at least, and
the largest entry of each direction is clear.

The data that lie FAR off have a mean a million times their spread. Rounding them costs about 1e-9
of the spread, so they are compared to 1e-6; sums of squares from which the mean's square is taken
off are wrong in the third digit there.
"""

from types import SimpleNamespace

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

SHAPES = [(12, 4), (9, 3), (6, 6), (30, 5)]
FAR = 5e5


def directions(rng, r, d):
    """Orthonormal rows, shape (r, d), the largest entry of each positive and clear."""
    while True:
        C = np.linalg.qr(rng.normal(size=(d, r)))[0].T
        size = np.sort(np.abs(C), axis=1)
        if d == 1 or (size[:, -1] > size[:, -2] + 0.02).all():
            return turned(C)


def turned(C):
    return C * np.sign(C[np.arange(len(C)), np.abs(C).argmax(axis=1)])[:, None]


def sample(rng, n, d, away=1.0):
    """Data of shape (n, d), `away` times as far from 0 as usual; mean, directions, variances are known."""
    r = min(n - 1, d)
    centred = rng.normal(size=(n, r))
    unit, _ = np.linalg.qr(centred - centred.mean(axis=0))
    variance = rng.uniform(20.0, 60.0) * np.cumprod(rng.uniform(0.3, 0.65, size=r))
    C = directions(rng, r, d)
    mean = away * rng.uniform(20.0, 60.0, size=d) * rng.choice([-1.0, 1.0], size=d)
    X = mean + unit * np.sqrt((n - 1) * variance) @ C
    return SimpleNamespace(X=X, mean=mean, components=C, variance=variance)


def model_of(rng, d, k):
    """A model that no fit has to deliver: any mean and any orthonormal rows."""
    variance = np.sort(rng.uniform(1.0, 9.0, size=k))[::-1]
    return {
        "mean": rng.uniform(5.0, 20.0, size=d) * rng.choice([-1.0, 1.0], size=d),
        "components": directions(rng, k, d),
        "explained_variance": variance,
        "explained_ratio": variance / (variance.sum() + 1.0),
    }


def two_entries(model):
    """A model that holds no more than what is needed to go to the scores and back."""
    return {key: model[key] for key in ("mean", "components")}


def part(submission, X, k, key):
    """One entry of what pca_fit returns, as an array of the right shape."""
    model = submission.pca_fit(X, k)
    if type(model) is not dict or key not in model:
        raise ComparisonFailed(f"pca_fit(X, k) must return a dict with the key {key!r}.")
    shape = {"mean": X.shape[1:], "components": (k, X.shape[1])}.get(key, (k,))
    return as_array(model[key], shape=shape, name=f"pca_fit(X, k)[{key!r}]")


def test_mean(submission, rng):
    for n, d in SHAPES:
        data = sample(rng, n, d)
        assert_close(part(submission, data.X, 2, "mean"), data.mean, rtol=1e-10, name='pca_fit(X, k)["mean"]')


def test_orthonormal(submission, rng):
    for n, d in SHAPES:
        X = sample(rng, n, d).X
        for k in (1, 2, min(n - 1, d)):
            C = part(submission, X, k, "components")
            assert_close(
                C @ C.T,
                np.eye(k),
                rtol=0.0,
                atol=1e-9,
                name='pca_fit(X, k)["components"] times its transpose',
            )


def test_eigen_of_covariance(submission, rng):
    for n, d in SHAPES:
        data = sample(rng, n, d)
        covariance = data.components.T * data.variance @ data.components
        for k in (1, 2, 3):
            C = part(submission, data.X, k, "components")
            if (np.abs(C).max(axis=1) < 0.1).any():
                raise ComparisonFailed("A component is (nearly) zero, and zero is no direction.")
            # Whatever their signs: a covariance times a component is the variance times the component.
            assert_close(covariance @ C.T, C.T * data.variance[:k], rtol=0.0, atol=1e-7,
                         name="The covariance matrix times the components")  # fmt: skip
    for n, d in SHAPES:
        data = sample(rng, n, d, FAR)
        C = part(submission, data.X, 2, "components")
        assert_close(
            (data.components.T * data.variance @ data.components) @ C.T,
            C.T * data.variance[:2],
            rtol=0.0,
            atol=1e-5,
            name="The covariance matrix times the components, far from 0,",
        )


def test_largest_first(submission, rng):
    # The feature that varies most isn't the first, and so it goes on.
    variance = np.array([0.5, 20.0, 2.0, 60.0, 6.0]) * rng.uniform(0.9, 1.1, size=5)
    unit = sample(rng, 14, 5)
    X = (unit.X - unit.mean) @ unit.components.T / np.sqrt(unit.variance) * np.sqrt(variance) + unit.mean
    for k in (2, 5):
        C = part(submission, X, k, "components")
        along = ((X - unit.mean) @ C.T).var(axis=0, ddof=1)
        assert_close(
            along,
            np.sort(variance)[::-1][:k],
            rtol=1e-6,
            name="The variance of the data along the components",
        )


def test_variances(submission, rng):
    for n, d in [*SHAPES, (5, 8), (4, 30)]:
        data = sample(rng, n, d)
        for k in (1, 3):
            got = part(submission, data.X, k, "explained_variance")
            assert_close(got, data.variance[:k], rtol=1e-8, name='pca_fit(X, k)["explained_variance"]',
                         sizes={"n/(n − 1)": n / (n - 1)})  # fmt: skip
    # Data may be measured in any unit: no variance is small in itself.
    for unit in (1e-9, 1e9):
        data = sample(rng, 9, 4)
        got = part(submission, unit * data.X, 4, "explained_variance")
        assert_close(got / unit**2, data.variance, rtol=1e-7, name='pca_fit(X, k)["explained_variance"]')
    for n, d in SHAPES:
        data = sample(rng, n, d, FAR)
        got = part(submission, data.X, 2, "explained_variance")
        assert_close(got, data.variance[:2], rtol=1e-6, name='pca_fit(X, k)["explained_variance"]')


def test_ratio(submission, rng):
    for n, d in [*SHAPES, (5, 8), (4, 30)]:
        data = sample(rng, n, d)
        for k in (1, 2, min(n - 1, d)):
            got = part(submission, data.X, k, "explained_ratio")
            want = data.variance[:k] / data.X.var(axis=0, ddof=1).sum()
            assert_close(got, want, rtol=1e-8, name='pca_fit(X, k)["explained_ratio"]')
    for unit in (1e-9, 1e9):
        data = sample(rng, 9, 4)
        got = part(submission, unit * data.X, 4, "explained_ratio")
        assert_close(
            got, data.variance / data.variance.sum(), rtol=1e-7, name='pca_fit(X, k)["explained_ratio"]'
        )
    for n, d in SHAPES:
        data = sample(rng, n, d, FAR)
        got = part(submission, data.X, 2, "explained_ratio")
        want = data.variance[:2] / data.variance.sum()
        assert_close(got, want, rtol=1e-6, name='pca_fit(X, k)["explained_ratio"]')


def test_sign_convention(submission, rng):
    for n, d in SHAPES:
        data = sample(rng, n, d)
        got = part(submission, data.X, 3, "components")
        assert_close(got, data.components[:3], rtol=0.0, atol=1e-7, name='pca_fit(X, k)["components"]')
    # A direction whose first entry, and whose sum, speak against its largest entry.
    entries = np.array([-0.5, -0.8, -0.7, 1.2])
    v = entries[np.append(0, 1 + rng.permutation(3))]
    X = np.outer(rng.normal(size=9), v) + 40.0
    got = part(submission, X, 1, "components")
    assert_close(got, v[None, :] / np.linalg.norm(v), rtol=0.0, atol=1e-7, name='pca_fit(X, k)["components"]')


def test_transform_uses_training_mean(submission, rng):
    for n, d, k in [(5, 4, 2), (4, 4, 4), (1, 3, 2), (7, 2, 1), (2, 5, 3)]:
        model = model_of(rng, d, k)
        Z = rng.normal(size=(n, k)) + 3.0
        # Points in the plane of the components, and others that stand off it.
        flat = Z @ model["components"] + model["mean"]
        off = rng.normal(size=(n, d))
        off -= off @ model["components"].T @ model["components"]
        for X in (flat, flat + off):
            assert_close(
                submission.pca_transform(X, model), Z, rtol=1e-9, atol=1e-10, name="pca_transform(X, model)"
            )
        assert_close(submission.pca_transform(flat, two_entries(model)), Z, rtol=1e-9, atol=1e-10,
                     name='pca_transform(X, model) from "mean" and "components" alone')  # fmt: skip


def test_inverse(submission, rng):
    for n, d, k in [(5, 4, 2), (3, 3, 3), (1, 5, 3), (6, 2, 1)]:
        model = model_of(rng, d, k)
        Z = rng.normal(scale=3.0, size=(n, k)) + 1.0
        want = np.array([
            model["mean"] + sum(Z[i, j] * model["components"][j] for j in range(k)) for i in range(n)
        ])  # fmt: skip
        assert_close(
            submission.pca_inverse(Z, model), want, rtol=1e-9, atol=1e-10, name="pca_inverse(Z, model)"
        )
        assert_close(submission.pca_inverse(Z, two_entries(model)), want, rtol=1e-9, atol=1e-10,
                     name='pca_inverse(Z, model) from "mean" and "components" alone')  # fmt: skip


def test_decorrelated(submission, rng):
    for n, d, k in [(12, 4, 3), (9, 9, 5)]:
        data = sample(rng, n, d)
        Z = as_array(
            submission.pca_transform(data.X, submission.pca_fit(data.X, k)), shape=(n, k), name="The scores"
        )
        assert_close(
            Z.mean(axis=0), np.zeros(k), atol=1e-9, name="The mean of the scores of the training data"
        )
        assert_close(np.cov(Z.T), np.diag(data.variance[:k]), rtol=1e-7, atol=1e-7,
                     name="The covariance of the scores of the training data")  # fmt: skip


def test_roundtrip_full(submission, rng):
    for n, d in [(12, 4), (7, 6), (9, 1)]:
        data = sample(rng, n, d)
        model = submission.pca_fit(data.X, d)
        for X in (data.X, rng.normal(scale=20.0, size=(3, d))):
            Z = as_array(submission.pca_transform(X, model), shape=(len(X), d), name="The scores")
            assert_close(
                submission.pca_inverse(Z, model), X, rtol=0.0, atol=1e-8, name="The way there and back, k = d"
            )
            lengths = np.linalg.norm(Z, axis=1)
            assert_close(
                lengths, np.linalg.norm(X - data.mean, axis=1), rtol=1e-8, name="The length of the scores"
            )


def test_dropped_variance(submission, rng):
    for n, d, k in [(12, 4, 1), (10, 5, 3)]:
        data = sample(rng, n, d)
        model = submission.pca_fit(data.X, k)
        near = as_array(submission.pca_inverse(submission.pca_transform(data.X, model), model), shape=(n, d),
                        name="The way there and back")  # fmt: skip
        lost = ((data.X - near) ** 2).sum() / (n - 1)
        assert_close(
            lost,
            data.variance[k:].sum(),
            rtol=1e-7,
            name="The variance that is lost on the way there and back",
        )


def test_more_features_than_samples(submission, rng):
    for n, d, k in [(4, 7, 2), (5, 9, 4), (2, 3, 1), (3, 1, 1)]:
        data = sample(rng, n, d)
        C, want = part(submission, data.X, k, "components"), data.components[:k]
        # Their signs are another check's business.
        C = C * np.sign((C * want).sum(axis=1, keepdims=True))
        assert_close(C, want, rtol=0.0, atol=1e-7, name='pca_fit(X, k)["components"], up to signs')


def test_k_range(submission, rng):
    for n, d in [(8, 3), (5, 1)]:
        X = rng.normal(size=(n, d))
        part(submission, X, d, "mean")
        for k in (0, -1, d + 1, d + 3):
            assert_raises(ValueError, submission.pca_fit, X, k)


def test_one_sample(submission, rng):
    part(submission, rng.normal(size=(2, 2)), 1, "mean")
    for d in (3, 1):
        assert_raises(ValueError, submission.pca_fit, rng.normal(size=(1, d)), 1)


def test_no_mutation(submission, rng):
    data = sample(rng, 8, 3)
    model = model_of(rng, 3, 2)
    assert_pure(submission.pca_fit, data.X, 3)
    assert_pure(submission.pca_transform, data.X, model)
    assert_pure(submission.pca_inverse, rng.normal(size=(4, 2)), model)
