#!/usr/bin/python3
"""Peers' ways to dedupe n endpoints of descents into distinct minima: time, memory, correctness.
Endpoints: K minima uniform in [-5,5]^d, popularity ~ 1/(rank+10), float32, Gaussian error --noise per
coordinate; two endpoints are the same minimum when closer than --eps.  Each method runs in a forked
child after a warm-up on 64 points (peak_mb = growth of its host memory; `leader` uses CUDA if there)."""
import argparse, json, multiprocessing as mp, os, resource, time
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
import common

def data(n, d, K, noise):
    C = (common.uniform(20, K * d).reshape(K, d) - 0.5) * 10
    w = np.cumsum(1 / (np.arange(K) + 10.0))
    y = np.searchsorted(w / w[-1], common.uniform(21, n))
    return (C[y] + noise * common.normal(22, n * d).reshape(n, d)).astype(np.float32), y

def components(i, j, n):
    return connected_components(coo_matrix((np.ones(len(i), np.int8), (i, j)), (n, n)), directed=False)[1]

def cells(X, h):                                # rows rounded to a grid of pitch h -> (first row, cell of each row)
    R = np.ascontiguousarray(np.rint(X / h).astype(np.int32))
    _, first, inv = np.unique(R.view(np.dtype((np.void, 4 * R.shape[1]))).ravel(), return_index=True, return_inverse=True)
    return first, inv.ravel()

def m_round(X, eps):                            # rounding alone: splits minima that straddle a cell edge
    return cells(X, 10 * eps)[1]
def m_round_axis0(X, eps):                      # the one-liner people write
    return np.unique(np.rint(X / (10 * eps)), axis=0, return_inverse=True)[1].ravel()
def m_round_kdtree(X, eps):                     # round, then join the cells' representatives by cKDTree + components
    first, inv = cells(X, eps)
    pairs = cKDTree(X[first]).query_pairs(eps, output_type="ndarray")
    return components(pairs[:, 0], pairs[:, 1], len(first))[inv]
def m_kdtree(X, eps):                           # all pairs within eps + components
    pairs = cKDTree(X).query_pairs(eps, output_type="ndarray")
    return components(pairs[:, 0], pairs[:, 1], len(X))
def m_kdtree_knn(X, eps):                       # 4 nearest neighbours only (can split a minimum)
    D, J = cKDTree(X).query(X, 5, distance_upper_bound=eps)
    i, k = np.nonzero(np.isfinite(D))
    return components(i, J[i, k], len(X))
def m_sortline(X, eps, shifts=8):               # sort on a random line, link neighbours in that order
    o = np.argsort(X @ common.normal(23, X.shape[1]).astype(np.float32))
    S, I, J = X[o], [], []
    for s in range(1, shifts + 1):
        k = np.nonzero(((S[s:] - S[:-s]) ** 2).sum(1) < eps * eps)[0]
        I.append(o[k]); J.append(o[k + s])
    return components(np.concatenate(I), np.concatenate(J), len(X))
def m_leader(X, eps):                           # greedy: first unlabelled point takes everybody within eps
    import torch
    dev = "cuda" if torch.cuda.is_available() else "cpu"
    T = torch.from_numpy(X).to(dev)
    left, lab, c = torch.arange(len(X), device=dev), torch.zeros(len(X), dtype=torch.int64, device=dev), 0
    while len(left):
        near = ((T - T[0]) ** 2).sum(1) < eps * eps
        lab[left[near]] = c
        c += 1
        T, left = T[~near], left[~near]
    return lab.cpu().numpy()
def m_dbscan(X, eps):
    from sklearn.cluster import DBSCAN
    return DBSCAN(eps=eps, min_samples=1).fit_predict(X)
def m_hdbscan(X, eps):
    from sklearn.cluster import HDBSCAN         # scikit-learn >= 1.3
    return HDBSCAN(min_cluster_size=2, cluster_selection_epsilon=float(eps), allow_single_cluster=False).fit_predict(X)
def m_linkage(X, eps):                          # scipy single linkage: n(n-1)/2 distances in memory
    from scipy.cluster.hierarchy import linkage, fcluster
    return fcluster(linkage(X, "single"), eps, "distance")
def m_agglomerative(X, eps):
    from sklearn.cluster import AgglomerativeClustering
    return AgglomerativeClustering(n_clusters=None, distance_threshold=eps, linkage="single").fit_predict(X)

SMALL = {"linkage", "agglomerative", "hdbscan"}  # quadratic in memory or time: run on --small points

def child(q, f, X, y, eps):
    try:
        f(X[:64], eps)                          # imports, CUDA context
        base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        t, c = time.perf_counter(), time.process_time()
        lab = f(X, eps)
        t, c = time.perf_counter() - t, time.process_time() - c
        mem = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base
        pairs = len(set(zip(y.tolist(), np.asarray(lab).tolist())))      # = clusters = minima when exact
        q.put(dict(seconds=round(t, 3), cpu_seconds=round(c, 3), peak_mb=round(mem / 1024, 1), clusters=len(np.unique(lab)),
                   exact=bool(pairs == len(np.unique(lab)) == len(np.unique(y)))))
    except Exception as e:
        q.put(dict(skipped=repr(e)[:120]))

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("-n", type=int, default=100000)
    ap.add_argument("--small", type=int, default=10000)
    ap.add_argument("-d", default="10,50")
    ap.add_argument("-k", type=int, default=2000)
    ap.add_argument("--noise", type=float, default=1e-4)
    ap.add_argument("--eps", type=float, default=1e-2)
    ap.add_argument("--methods", default="round_kdtree")
    ap.add_argument("--timeout", type=int, default=90)
    ap.add_argument("--reps", type=int, default=1)
    a = ap.parse_args()
    for d in map(int, a.d.split(",")):
        X, y = data(a.n, d, a.k, a.noise)
        for m in a.methods.split(","):
            n = min(a.small, a.n) if m in SMALL else a.n
            for _ in range(a.reps):
                q = mp.get_context("fork").SimpleQueue()
                p = mp.get_context("fork").Process(target=child, args=(q, globals()["m_" + m], X[:n], y[:n], a.eps))
                p.start()
                p.join(a.timeout)
                r = dict(skipped=f"over {a.timeout} s")
                if p.is_alive():
                    p.terminate()
                elif not q.empty():
                    r = q.get()
                print(json.dumps(dict(method=m, n=n, d=d, minima=len(np.unique(y[:n])), **r)), flush=True)

main()
