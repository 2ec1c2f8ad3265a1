#!/usr/bin/python3
"""Quenches, elastic bands and saddle refinements of 13 Lennard-Jones atoms as one writes them first with NumPy and SciPy: one at
a time, energy, gradient and Hessian as array expressions over all pairs.  Prints how many of each it does in a second on the clock, and in a second of a core.

pathways.py [SECONDS]   quench: scipy.optimize.minimize, L-BFGS-B to |g| <= 1e-6; band: doubly nudged, 15 images, 120 steps of
FIRE; saddle: eigenvector-following from a minimum along a random soft mode by numpy.linalg.eigh, to |g| <= 1e-8."""
import os, sys, time
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from scipy.optimize import minimize

N, D = 13, 39
I, J = np.triu_indices(N, 1)

def value(x):
    p = x.reshape(N, 3)
    r2 = ((p[I] - p[J]) ** 2).sum(1)
    i6 = r2 ** -3
    return 4 * (i6 * (i6 - 1)).sum()

def slope(x):
    p = x.reshape(N, 3)
    v = p[I] - p[J]
    r2 = (v * v).sum(1)
    i6 = r2 ** -3
    f = (4 * (-12 * i6 + 6) * i6 / r2)[:, None] * v
    g = np.zeros((N, 3))
    np.add.at(g, I, f)
    np.add.at(g, J, -f)
    return 4 * (i6 * (i6 - 1)).sum(), g.ravel()

def hessian(x):
    p = x.reshape(N, 3)
    v = p[I] - p[J]
    r2 = (v * v).sum(1)
    i6 = r2 ** -3
    a = 4 * (-12 * i6 + 6) * i6 / r2                 # (dV/dr)/r
    b = 4 * (168 * i6 - 48) * i6 / r2 ** 2           # so that H = b v v' + a I
    blocks = b[:, None, None] * v[:, :, None] * v[:, None, :] + a[:, None, None] * np.eye(3)
    h = np.zeros((N, 3, N, 3))
    for k in range(len(I)):
        i, j = I[k], J[k]
        h[i, :, i, :] += blocks[k]; h[j, :, j, :] += blocks[k]
        h[i, :, j, :] -= blocks[k]; h[j, :, i, :] -= blocks[k]
    return h.reshape(D, D)

def start(rng):
    while True:
        x = rng.uniform(-0.62 * N ** (1 / 3), 0.62 * N ** (1 / 3), D)
        if np.isfinite(value(x)) and value(x) < 1e12:
            return x

def quench(rng):
    return minimize(slope, start(rng), jac=True, method="L-BFGS-B", options={"gtol": 1e-6, "ftol": 0, "maxiter": 3000}).x

def band(a, b, images=15, steps=120):
    x = np.linspace(0, 1, images + 2)[:, None] * (b - a) + a
    v, dt, power = np.zeros((images, D)), 1e-3, 0.1
    for _ in range(steps):
        e, g = zip(*(slope(p) for p in x))
        e, g = np.array(e), np.array(g)
        t = np.where((e[2:] > e[:-2])[:, None], x[2:] - x[1:-1], x[1:-1] - x[:-2])
        t /= np.maximum(np.linalg.norm(t, axis=1), 1e-300)[:, None]
        across = g[1:-1] - (g[1:-1] * t).sum(1)[:, None] * t
        k = np.linalg.norm(across) / np.linalg.norm(np.diff(x, axis=0))
        pull = k * (x[2:] - 2 * x[1:-1] + x[:-2])
        f = -across + (pull * t).sum(1)[:, None] * t
        p = (f * v).sum()
        v = (1 - power) * v + power * f * np.linalg.norm(v) / max(np.linalg.norm(f), 1e-300) if p > 0 else 0 * v
        dt = min(dt * 1.1, 0.01) if p > 0 else dt * 0.5
        v += dt * f
        step = dt * v
        longest = np.linalg.norm(step, axis=1).max()
        x[1:-1] += step * min(1, 0.1 / max(longest, 1e-300))
    return x

def zero_modes(x):
    p = x.reshape(N, 3) - x.reshape(N, 3).mean(0)
    z = np.zeros((6, N, 3))
    for c in range(3):
        z[c, :, c] = 1
        a, b = (c + 1) % 3, (c + 2) % 3
        z[3 + c, :, a], z[3 + c, :, b] = -p[:, b], p[:, a]
    return np.linalg.qr(z.reshape(6, D).T)[0]

def saddle(x, rng):
    followed, radius = None, 0.1
    for _ in range(300):
        e, g = slope(x)
        if followed is not None and np.linalg.norm(g) < 1e-8:
            return x
        q = zero_modes(x)
        proj = np.eye(D) - q @ q.T
        w, u = np.linalg.eigh(proj @ hessian(x) @ proj + 1e6 * q @ q.T)
        w, u = w[:-6], u[:, :-6]
        if followed is None:
            k = rng.integers(0, 8)
            followed = u[:, k]
            x = x + radius * rng.choice([-1, 1]) * followed
            continue
        k = np.argmax(abs(u.T @ followed))
        followed = u[:, k]
        along = u.T @ g
        h = -along / abs(w)
        h[k] = -h[k]
        x = x + u @ np.clip(h, -radius, radius)
    return None

def rate(work, seconds):
    work()
    begun, used, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - begun < seconds:
        work()
        count += 1
    return f"{count / (time.perf_counter() - begun):.3f} {count / (time.process_time() - used):.3f}"

if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    rng = np.random.default_rng(1)
    h, x = 1e-6, start(rng)
    x = quench(rng) + 0.05 * rng.standard_normal(D)
    numeric = np.array([(slope(x + h * e)[1] - slope(x - h * e)[1]) / (2 * h) for e in np.eye(D)])
    assert abs(numeric - hessian(x)).max() < 1e-4 * abs(numeric).max(), "the Hessian is wrong"
    minima = [quench(rng) for _ in range(20)]
    pick = lambda: minima[rng.integers(len(minima))]
    pair = lambda: (minima[k] for k in rng.choice(len(minima), 2, replace=False))
    print(f"quenches {rate(lambda: quench(rng), seconds)}")
    print(f"bands {rate(lambda: band(*pair()), seconds)}")
    print(f"saddles {rate(lambda: saddle(pick(), rng), seconds)}")
