"""The cliff's table by NumPy and scikit-learn, as a careful person would write it: the draws are made once, then for each
sigma every row is drifted in all its dimensions, renormalised, scored and measured. Float64 throughout.

Arguments: x.f64 y.f64 w.f64 bias kind seed bins tau sigmas (joined by commas). Prints JSON.
"""
import json
import sys
import time
import zlib

import numpy as np
from scipy.special import expit
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    brier_score_loss,
    f1_score,
    matthews_corrcoef,
    roc_auc_score,
)

x_path, y_path, w_path, bias, kind, seed, bins, tau, sigmas = sys.argv[1:]
w = np.fromfile(w_path)
y = np.fromfile(y_path).astype(int)
x = np.fromfile(x_path).reshape(len(y), len(w))
n, dims = x.shape
bias, seed, bins, tau = float(bias), int(seed), int(bins), float(tau)


def stream(name):
    return np.random.Generator(
        np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(zlib.crc32(name.encode()),)))
    )


def orthogonal():
    q, r = np.linalg.qr(stream("rotation").standard_normal((dims, dims)))
    return q * np.sign(np.diag(r))


def metrics(clean_norm, drifted):
    logits = drifted @ w + bias
    p = expit(logits)
    predicted = (p >= 0.5).astype(int)
    right = predicted == y
    confidence = np.maximum(p, 1 - p)
    which = np.clip(np.searchsorted(np.linspace(0, 1, bins + 1), confidence, side="left") - 1, 0, bins - 1)
    count = np.bincount(which, minlength=bins)
    filled = count > 0
    gap = np.abs(
        np.bincount(which, weights=right, minlength=bins)[filled] / count[filled]
        - np.bincount(which, weights=confidence, minlength=bins)[filled] / count[filled]
    )
    confident = confidence > tau
    silent = int((~right & confident).sum())
    errors = int((~right).sum())
    cosine = np.einsum("ij,ij->i", x, drifted) / (clean_norm * np.linalg.norm(drifted, axis=1))
    angle = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return dict(
        rocAuc=roc_auc_score(y, logits),
        accuracy=accuracy_score(y, predicted),
        balancedAccuracy=balanced_accuracy_score(y, predicted),
        f1=f1_score(y, predicted),
        mcc=matthews_corrcoef(y, predicted),
        meanConfidence=float(confidence.mean()),
        ece=float((count[filled] / n * gap).sum()),
        mce=float(gap.max()),
        ace=float(gap.mean()),
        brier=brier_score_loss(y, p),
        nll=float(np.logaddexp(0, np.where(y == 1, -logits, logits)).mean()),
        silentFailureRate=silent / errors if errors else float("nan"),
        highConfidenceErrorShare=silent / n,
        wrongGivenConfident=silent / max(1, int(confident.sum())),
        meanAngleDegrees=float(angle.mean()),
    )


began = time.perf_counter()
norm = np.linalg.norm(x, axis=1)
if kind == "gaussian":
    moves = stream("noise").standard_normal((n, dims))
    moves *= norm[:, None]
    drift = lambda s: x + s * moves
elif kind == "directional":
    direction = stream("direction").standard_normal(dims)
    direction /= np.linalg.norm(direction)
    drift = lambda s: x + s * norm[:, None] * direction
elif kind == "rotation":
    q = orthogonal()
    # Copies: BLAS takes no strided columns, and without it the products are a hundred times slower.
    even, odd = q[:, 0::2].copy(), q[:, 1::2].copy()
    a, b = x @ even, x @ odd
    quarter = a @ odd.T - b @ even.T
    onto = a @ even.T + b @ odd.T
    drift = lambda s: x + np.sin(s) * quarter - 2 * np.sin(s / 2) ** 2 * onto
else:
    mixed = x @ orthogonal().T
    drift = lambda s: np.cos(s * np.pi / 2) * x + np.sin(s * np.pi / 2) * mixed
preparation = time.perf_counter() - began

seconds, numbers = [], []
for sigma in [float(s) for s in sigmas.split(",")]:
    began = time.perf_counter()
    drifted = drift(sigma)
    drifted *= (norm / np.linalg.norm(drifted, axis=1))[:, None]
    numbers.append(metrics(norm, drifted))
    seconds.append(time.perf_counter() - began)
json.dump(dict(preparation=preparation, seconds=seconds, numbers=numbers), sys.stdout)
