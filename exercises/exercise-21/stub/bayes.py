"""Bayes' rule and the spam filter.

Arrays hold float64 numbers unless said otherwise; results are new arrays, and no function may change
its arguments. C is the number of classes, V the number of words in the vocabulary.
"""

import numpy as np


def posterior(prior, likelihood):
    """Update the probability of every class after one observation, by Bayes' rule.

    Args:
        prior: P(class), shape (C,), not negative, sums to 1.
        likelihood: P(observation | class), shape (C,), each in [0, 1]. It need not sum to 1: every
            entry belongs to another class. All entries may be tiny (1e-200) at once.

    Returns:
        P(class | observation), shape (C,).

    Raises:
        ValueError: The evidence P(observation) is 0: no class can have produced the observation.
    """
    raise NotImplementedError


def binary_posterior(prior, tpr, fpr):
    """Give P(spam | word) when a mail contains the word, for the two classes spam and ham.

    Args:
        prior: P(spam), in [0, 1]; ham has the rest.
        tpr: P(word | spam), the true positive rate, in [0, 1].
        fpr: P(word | ham), the false positive rate, in [0, 1]. Both rates may be tiny.

    Returns:
        P(spam | word), one number.

    Raises:
        ValueError: The evidence P(word) is 0.
    """
    raise NotImplementedError


def nb_fit(X, y, n_classes, alpha=1.0):
    """Fit a Bernoulli naive Bayes model: each word is present or absent, independently given the class.

    Args:
        X: Which mail contains which word, shape (n, V), whole numbers 0 (absent) and 1 (present).
        y: The class of each mail, shape (n,), whole numbers 0 … n_classes − 1 in any order.
        n_classes: C. A class may be without any mail; it keeps its place in the results.
        alpha: Pseudo-count α > 0, added to the mails with the word and to the mails without it.

    Returns:
        A tuple (log_prior, theta):
        log_prior: Natural logarithm of the share of mails of each class, shape (C,); not smoothed,
            so a class without mails has −inf.
        theta: P(word present | class), smoothed with alpha, shape (C, V); a class without mails
            has 1/2 everywhere.
    """
    raise NotImplementedError


def nb_log_posterior(X, model):
    """Give the logarithm of P(class | mail) for each mail: present and absent words both count.

    Args:
        X: Which mail contains which word, shape (n, V), whole numbers 0 and 1.
        model: The tuple (log_prior, theta) that nb_fit returns, shapes (C,) and (C, V); here every
            theta lies strictly between 0 and 1.

    Returns:
        Natural logarithms of the posterior, shape (n, C), normalised: the probabilities in each row
        sum to 1. They stay finite for thousands of words, also where the probability itself is too
        small for a float64.
    """
    raise NotImplementedError
