"""Gradient descent in JAX: vmap over restarts, while_loop over steps, jit around it. Prints restarts a second.

Usage: jax_descent.py PROBLEM STARTS DIMENSION STEP ITERATIONS DATA-FOLDER
"""
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

from problems import objective, stepper

name, path, d, step, iterations = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
gradient = jax.grad(objective(name, d, jnp, sys.argv[6], jnp.asarray))
advance = stepper(name, step, jnp)


def descend(x):
    def body(state):
        k, x = state
        return k + 1, advance(x, gradient(x))

    return jax.lax.while_loop(lambda state: state[0] < iterations, body, (0, x))[1]


run = jax.jit(jax.vmap(descend))
starts = jax.device_put(np.fromfile(path, dtype=np.float32).reshape(-1, d))
run(starts).block_until_ready()
seconds = []
for _ in range(5):
    begin = time.perf_counter()
    run(starts).block_until_ready()
    seconds.append(time.perf_counter() - begin)
print(len(starts) / sorted(seconds)[2])
