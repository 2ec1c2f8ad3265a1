"""Gradient descent in PyTorch: restarts in a batch, the step compiled. Prints restarts a second.

Usage: torch_descent.py PROBLEM STARTS DIMENSION STEP ITERATIONS DATA-FOLDER
"""
import sys
import time

import numpy as np
import torch

from problems import objective, stepper

name, path, d, step, iterations = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
formula = objective(name, d, torch, sys.argv[6], lambda array: torch.from_numpy(array).to(device))
gradient = torch.func.vmap(torch.func.grad(formula))
move = stepper(name, step, torch)
advance = torch.compile(lambda x: move(x, gradient(x)))
starts = torch.from_numpy(np.fromfile(path, dtype=np.float32).reshape(-1, d)).to(device)


def run():
    x = starts
    for _ in range(iterations):
        x = advance(x)
    if device.type == "cuda":
        torch.cuda.synchronize()
    return x


run()
seconds = []
for _ in range(5):
    begin = time.perf_counter()
    run()
    seconds.append(time.perf_counter() - begin)
print(len(starts) / sorted(seconds)[2])
