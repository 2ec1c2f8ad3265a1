"""The benchmark's objectives, written for any library that looks like NumPy."""
import math


def objective(name, d, xp):
    """The formula of a problem; without its domain, as the engine measures it too."""
    if name == "rastrigin-10":
        return lambda x: 10 * d + xp.sum(x * x - 10 * xp.cos(2 * math.pi * x))
    if name == "rosenbrock-10":
        return lambda x: xp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
    raise SystemExit(f"{name} is not written for the peers: its data are made by the engine")
