"""The benchmark's objectives, written for any library that looks like NumPy.

Data are the engine's own, in a folder of files NAME.f64. On the sphere a step follows the projected gradient and is divided by its length.
"""
import json
import math
import os
import sys
from collections import namedtuple

import numpy as np

# The first restarts' values are compared.
COMPARED = 1 << 14

Arguments = namedtuple("Arguments", "name starts dimension step iterations tolerance folder")


def arguments():
    """PROBLEM STARTS DIMENSION STEP ITERATIONS TOLERANCE DATA-FOLDER; a tolerance below 0 is never met."""
    name, path, d, step, iterations, tolerance, folder = sys.argv[1:]
    starts = np.fromfile(path, dtype=np.float32).reshape(-1, int(d))
    return Arguments(name, starts, int(d), float(step), int(iterations), float(tolerance), folder)


def report(restarts, seconds, values, note=""):
    """One line of JSON: restarts a second by the median time, and the median of f."""
    values = np.sort(np.asarray(values, dtype=np.float64))
    median = float(values[len(values) // 2])
    print(json.dumps({"restarts_per_s": restarts / sorted(seconds)[len(seconds) // 2], "median_value": median, "note": note}))


def numbers(folder, name, columns=None):
    """An array of the engine's data, in single precision."""
    values = np.fromfile(os.path.join(folder, f"{name}.f64")).astype(np.float32)
    return values if columns is None else values.reshape(-1, columns)


def objective(name, d, xp, folder, place):
    """The formula of a problem; without its domain, as the engine measures it too.

    place(array) puts data where the library computes.
    """
    if name == "rastrigin-10":
        return lambda x: 10 * d + xp.sum(x * x - 10 * xp.cos(2 * math.pi * x))
    if name == "rosenbrock-10":
        return lambda x: xp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
    if name == "pca-20":
        m = place(numbers(folder, "M", d))
        squares = float((numbers(folder, "M") ** 2).sum())
        return lambda x: 0.5 * squares - x @ (m @ x) + 0.5 * (x @ x) ** 2
    if name == "tensor-30":
        a = place(numbers(folder, "A", d))
        return lambda x: -xp.sum((a @ x) ** 4)
    if name == "glm-20":
        x_, y = place(numbers(folder, "X", d)), place(numbers(folder, "y"))
        return lambda w: 0.5 * xp.mean((y - 1 / (1 + xp.exp(-(x_ @ w)))) ** 2)
    if name == "lennard-jones-7":
        return lennard_jones(d // 3, xp, place)
    raise SystemExit(f"{name} is not written for the peers")


def lennard_jones(atoms, xp, place):
    """All pairs; nearer than r^2 = 0.04 the energy goes on with the slope in r^2 that it has there, as the engine's does."""
    nearest = 0.04
    slope = -6 * nearest**-7 + 3 * nearest**-4
    # One row a pair: +1 at one atom, -1 at the other.
    first, second = np.tril_indices(atoms, -1)
    pairs = np.zeros((len(first), atoms), dtype=np.float32)
    pairs[np.arange(len(first)), first], pairs[np.arange(len(first)), second] = 1, -1
    difference = place(pairs)

    def energy(x):
        r2 = xp.sum((difference @ x.reshape(atoms, 3)) ** 2, -1)
        r6 = 1 / xp.clip(r2, nearest, None) ** 3
        return 4 * xp.sum(r6 * (r6 - 1) + slope * xp.clip(r2 - nearest, None, 0))

    return energy


def slope_and_step(name, step, xp):
    """From a point and its gradient: the squared norm that the stop rule looks at, and the next point."""

    def squared(g):
        return xp.sum(g * g, -1)

    if not name.startswith("tensor"):
        return lambda x, g: (squared(g), x - step * g)

    def on_sphere(x, g):
        tangent = g - x * xp.sum(x * g, -1)[..., None]
        y = x - step * tangent
        return squared(tangent), y / xp.sqrt(xp.sum(y * y, -1))[..., None]

    return on_sphere
