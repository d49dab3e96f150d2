"""Numbers of few bits. Word vectors have four, with a scale for each word; matrices seven in
eight, with a scale for each column."""

import numpy as np


def four_bits(vectors):
    """(values as whole numbers in -8..7, scale of each row), the scale that fits best of a few."""
    best, best_error, best_scale = None, None, None
    top = np.abs(vectors).max(1, keepdims=True) + 1e-12
    for share in np.linspace(0.4, 1.0, 25):
        scale = top * share / 7.0
        values = np.clip(np.rint(vectors / scale), -8, 7)
        error = ((values * scale - vectors) ** 2).sum(1, keepdims=True)
        if best is None:
            best, best_error, best_scale = values, error, scale
        else:
            better = error < best_error
            best, best_scale = np.where(better, values, best), np.where(better, scale, best_scale)
            best_error = np.minimum(error, best_error)
    return best.astype(np.int8), best_scale.astype(np.float32)


def eight_bits(matrix, most=63):
    """(values in -most..most, scale of each column) of (inputs, outputs). With seven bits the sum of two products with
    eight bits fits into sixteen, in which some processors add."""
    scale = np.abs(matrix).max(0, keepdims=True) / most + 1e-12
    return np.clip(np.rint(matrix / scale), -most, most).astype(np.int8), scale.astype(np.float32)
