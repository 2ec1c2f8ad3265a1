"""Gradient descent in JAX: vmap over restarts, while_loop over steps, jit around it.

Usage: jax_descent.py PROBLEM STARTS DIMENSION STEP ITERATIONS TOLERANCE DATA-FOLDER
"""
import time

import jax
import jax.numpy as jnp

from problems import COMPARED, arguments, objective, report, slope_and_step

args = arguments()
formula = objective(args.name, args.dimension, jnp, args.folder, jnp.asarray)
gradient = jax.grad(formula)
advance = slope_and_step(args.name, args.step, jnp)
limit = args.tolerance * abs(args.tolerance)


def descend(x):
    def goes_on(state):
        k, x, squared = state
        return (k < args.iterations) & (squared > limit)

    def body(state):
        k, x, _ = state
        squared, y = advance(x, gradient(x))
        return k + 1, y, squared

    return jax.lax.while_loop(goes_on, body, (0, x, jnp.float32(jnp.inf)))[1]


run = jax.jit(jax.vmap(descend))
starts = jax.device_put(args.starts)
ends = run(starts).block_until_ready()
seconds = []
for _ in range(5):
    begin = time.perf_counter()
    run(starts).block_until_ready()
    seconds.append(time.perf_counter() - begin)
report(len(starts), seconds, jax.jit(jax.vmap(formula))(ends[:COMPARED]), f"on {jax.devices()[0].device_kind}")
