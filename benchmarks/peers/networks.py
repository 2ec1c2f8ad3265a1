#!/usr/bin/python3
"""A network of 784 inputs, 32 tanh units and 10 softmax outputs on 2,000 samples, as one writes it with NumPy: every step a product of
matrices, OpenBLAS at its default number of threads.

networks.py [SECONDS [one-core]]   prints
  gradients: gradients a second, in single precision, of mean cross-entropy + decay
  batches: steps of gradient descent a second, each on 100 samples: rows of a permutation gathered, their gradient, and the weights moved by it
  density-V: seconds for the density of the Hessian in double precision from V random vectors of 100 Lanczos steps each: products by
  Pearlmutter's R-operator, all that does not depend on the vectors kept, the V vectors side by side as one wider product, and
  every new vector made orthogonal to all before it twice, by two products with the basis.
With one-core BLAS has one thread and times are of the processor: for machines that others use too."""
import os, sys, time
ONE_CORE = "one-core" in sys.argv
if ONE_CORE:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np

N, D, M, K, DECAY, STEPS = 2000, 784, 32, 10, 0.001, 100
r = np.random.default_rng(1)

def network(dtype):
    x, y = r.normal(size=(N, D)).astype(dtype), np.eye(K, dtype=dtype)[r.integers(0, K, N)]
    return x, y, [w.astype(dtype) for w in (r.normal(size=(M, D)) / 28, np.zeros(M), r.normal(size=(K, M)) / 6, np.zeros(K))]

def forward(x, w):
    w1, b1, w2, b2 = w
    h = np.tanh(x @ w1.T + b1)
    z = h @ w2.T + b2
    e = np.exp(z - z.max(1, keepdims=True))
    return h, e / e.sum(1, keepdims=True)

def gradient(x, y, w):
    h, p = forward(x, w)
    d = (p - y) / len(x)
    g = (d @ w[2]) * (1 - h * h)
    return [g.T @ x + DECAY * w[0], g.sum(0) + DECAY * w[1], d.T @ h + DECAY * w[2], d.sum(0) + DECAY * w[3]]

class Hessian:
    """Products with V directions at once, each a row of V x (M D + M + K M + K) numbers."""
    def __init__(self, x, y, w):
        self.x, self.w = x, w
        self.h, self.p = forward(x, w)
        self.d = (self.p - y) / N
        self.s = 1 - self.h * self.h
        self.b = self.d @ w[2]
        self.t = -2 * self.b * self.h

    def times(self, v):
        n, h, p, s = len(v), self.h, self.p, self.s
        cuts = np.cumsum([M * D, M, K * M])
        v1, c1, v2, c2 = np.split(v, cuts, axis=1)
        rh = (self.x @ v1.reshape(n * M, D).T).reshape(N, n, M).transpose(1, 0, 2) + c1[:, None, :]
        rh *= s
        v2 = v2.reshape(n, K, M)
        rz = rh @ self.w[2].T + h @ v2.transpose(0, 2, 1) + c2[:, None, :]
        rd = p * (rz - (p * rz).sum(2, keepdims=True)) / N
        rg = (rd @ self.w[2] + self.d @ v2) * s + self.t * rh
        g1 = (rg.transpose(0, 2, 1).reshape(n * M, N)) @ self.x
        out = np.concatenate([g1.reshape(n, M * D), rg.sum(1), (rd.transpose(0, 2, 1) @ h + self.d.T @ rh).reshape(n, K * M), rd.sum(1)], axis=1)
        return out + DECAY * v

def density(hessian, vectors):
    size = M * D + M + K * M + K
    q = np.sign(r.normal(size=(vectors, size))) / np.sqrt(size)
    basis, a, b = np.zeros((vectors, STEPS, size)), np.zeros((vectors, STEPS)), np.zeros((vectors, STEPS))
    for j in range(STEPS):
        basis[:, j] = q
        u = hessian.times(q)
        a[:, j] = (q * u).sum(1)
        for v in range(vectors):
            known = basis[v, :j + 1]
            for _ in range(2):
                u[v] -= (known @ u[v]) @ known
        b[:, j] = np.linalg.norm(u, axis=1)
        q = u / b[:, j, None]
    masses = []
    for v in range(vectors):
        nodes, s = np.linalg.eigh(np.diag(a[v]) + np.diag(b[v, :-1], 1) + np.diag(b[v, :-1], -1))
        masses.append((nodes, s[0] ** 2))
    return masses

def check():
    """The products against differences of the gradient."""
    x, y, w = network(np.float64)
    cuts = np.cumsum([M * D, M, K * M])
    v = r.normal(size=(2, M * D + M + K * M + K))
    both = Hessian(x, y, w).times(v)
    for k in range(2):
        parts = [p.reshape(o.shape) for p, o in zip(np.split(v[k], cuts), w)]
        at = lambda t: np.concatenate([g.ravel() for g in gradient(x, y, [o + t * p for o, p in zip(w, parts)])])
        assert np.abs((at(1e-5) - at(-1e-5)) / 2e-5 - both[k]).max() < 1e-7

if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    check()
    x, y, w = network(np.float32)
    gradient(x, y, w)
    clock = time.process_time if ONE_CORE else time.perf_counter
    begin, count = clock(), 0
    while clock() - begin < seconds:
        gradient(x, y, w)
        count += 1
    print("gradients", count / (clock() - begin))
    order, at, count, begin = r.permutation(N), 0, 0, clock()
    while clock() - begin < seconds:
        rows = order[at:at + 100]
        at = (at + 100) % N
        for p, g in zip(w, gradient(x[rows], y[rows], w)):
            p -= np.float32(0.01) * g
        count += 1
    print("batches", count / (clock() - begin))
    x, y, w = network(np.float64)
    for vectors in (1, 10):
        begin = clock()
        density(Hessian(x, y, w), vectors)
        print(f"density-{vectors}", clock() - begin)
