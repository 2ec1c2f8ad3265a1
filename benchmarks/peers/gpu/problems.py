"""The benchmark's objectives, written for any library that looks like NumPy.

Data are the engine's own, in a folder of files NAME.f64. On the sphere a step follows the projected gradient and is divided by its length.
"""
import math
import os

import numpy as np


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
    raise SystemExit(f"{name} is not written for the peers")


def stepper(name, step, xp):
    """How a point moves, from the point and its gradient."""
    if not name.startswith("tensor"):
        return lambda x, g: x - step * g

    def on_sphere(x, g):
        y = x - step * (g - x * xp.sum(x * g, -1)[..., None])
        return y / xp.sqrt(xp.sum(y * y, -1))[..., None]

    return on_sphere
