"""Times scikit-learn's fits of the probe. Arguments: x.f64 y.f64 rows dims C repeats. Prints JSON."""
import json
import sys
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

x_path, y_path, rows, dims, c, repeats = sys.argv[1:]
x = np.fromfile(x_path).reshape(int(rows), int(dims))
y = np.fromfile(y_path).astype(int)
warnings.simplefilter("ignore")

SOLVERS = [
    ("lbfgs, default settings", dict(solver="lbfgs")),
    ("lbfgs, 10,000 steps, tol 1e-12", dict(solver="lbfgs", max_iter=10_000, tol=1e-12)),
    ("newton-cholesky, tol 1e-12", dict(solver="newton-cholesky", tol=1e-12)),
]


def fit(settings):
    scaler = StandardScaler().fit(x)
    return LogisticRegression(C=float(c), class_weight="balanced", **settings).fit(scaler.transform(x), y)


fit(dict(solver="lbfgs", max_iter=2))
out = []
for name, settings in SOLVERS:
    seconds = []
    for _ in range(int(repeats)):
        began = time.perf_counter()
        model = fit(settings)
        seconds.append(time.perf_counter() - began)
    out.append(
        dict(
            name=name,
            seconds=seconds,
            iterations=int(model.n_iter_[0]),
            coef=model.coef_[0].tolist(),
            intercept=float(model.intercept_[0]),
        )
    )
json.dump(out, sys.stdout)
