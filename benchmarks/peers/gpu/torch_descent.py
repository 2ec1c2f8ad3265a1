"""Gradient descent in PyTorch: restarts in a batch, the step compiled where PyTorch can.

Usage: torch_descent.py PROBLEM STARTS DIMENSION STEP ITERATIONS TOLERANCE DATA-FOLDER
"""
import time

import torch

try:
    from torch.func import grad, vmap
except ImportError:
    # PyTorch 1.13
    from functorch import grad, vmap

from problems import COMPARED, arguments, objective, report, slope_and_step

# Steps between looks at whether every restart has ended: a look waits for the GPU.
STEPS_BETWEEN_LOOKS = 16

args = arguments()
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
formula = objective(args.name, args.dimension, torch, args.folder, lambda array: torch.from_numpy(array).to(device))
gradient = vmap(grad(formula))
move = slope_and_step(args.name, args.step, torch)
limit = args.tolerance * abs(args.tolerance)


def step(x, goes_on):
    squared, y = move(x, gradient(x))
    return torch.where(goes_on[:, None], y, x), goes_on & (squared > limit)


advance = torch.compile(step) if hasattr(torch, "compile") else step
starts = torch.from_numpy(args.starts).to(device)


def run():
    x, goes_on = starts, torch.ones(len(starts), dtype=torch.bool, device=device)
    for k in range(args.iterations):
        x, goes_on = advance(x, goes_on)
        if args.tolerance >= 0 and k % STEPS_BETWEEN_LOOKS == 0 and not goes_on.any():
            break
    if device.type == "cuda":
        torch.cuda.synchronize()
    return x


ends = run()
seconds = []
for _ in range(5):
    begin = time.perf_counter()
    run()
    seconds.append(time.perf_counter() - begin)
note = "" if hasattr(torch, "compile") else f"not compiled: PyTorch {torch.__version__}"
report(len(starts), seconds, vmap(formula)(ends[:COMPARED]).cpu().numpy(), f"{note} on {torch.cuda.get_device_name() if device.type == 'cuda' else 'the processor'}".strip())
