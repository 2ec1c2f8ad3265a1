// Objectives over samples, vectorised across restarts as those of physical_limit.cpp, which includes this file: R samples at a time,
// so that every weight loaded serves R of them and the gradient's elements are touched once for R.
// Data: inputs row by row, then targets.
#pragma once

template<class V> IN V sigmoid(const V& t) { using T = typename V::T; return T(1) / (T(1) + vexp(max(min(T(0) - t, V(T(80))), V(T(-80))))); }
template<class V> IN V tanh_(const V& t) { using T = typename V::T; return T(1) - T(2) / (T(1) + vexp(max(min(t, V(T(20))), V(T(-20))) * T(2))); }

// 1/2 mean (sigmoid(<w, x_s>) - y_s)^2
template<int D_, int N> struct Glm {
    static constexpr int D = D_, DATA = N * (D + 1); static constexpr bool sphere = false;
    template<class V> IN void grad(const V* w, V* g, const typename V::T* X) {
        using T = typename V::T; constexpr int R = V::W == 1 ? 10 : 5; const T* y = X + N * D;
        UNROLL for (int j = 0; j < D; j++) g[j] = V(0);
        for (int s = 0; s < N; s += R, X += R * D, y += R) {
            V c[R]; rows<D, R>(w, c, X, D, 1);
            UNROLL for (int r = 0; r < R; r++) { V p = sigmoid(c[r]); c[r] = (p - y[r]) * (p * (T(1) - p)); }
            for (int j = 0; j < D; j++) { V a = g[j]; UNROLL for (int r = 0; r < R; r++) a = a + c[r] * X[r * D + j]; g[j] = a; }
        }
        UNROLL for (int j = 0; j < D; j++) g[j] = g[j] * T(1. / N);
    }
    static double flops(bool) { return N * (4. * D + 22) + 3. * D; }
    static double value(const double* w, const double* X) { double f = 0; for (int s = 0; s < N; s++) { double t = 0; for (int j = 0; j < D; j++) t += w[j] * X[s * D + j]; t = 1 / (1 + std::exp(-t)) - X[N * D + s]; f += t * t; } return f / (2 * N); }
    static void data(std::vector<double>& X) {
        for (int i = 0; i < N * D; i++) X[i] = normal(103, i);
        for (int s = 0; s < N; s++) { double t = 0; for (int j = 0; j < D; j++) t += X[s * D + j] * normal(104, j) / std::sqrt((double)D); X[N * D + s] = 1 / (1 + std::exp(-t)) + 0.1 * (uniform(105, s) - 0.5); }
    }
};

// 1/2 mean (sum_j v_j tanh(<w_j, x_s> + b_j) + c - y_s)^2; a unit is w_j, b_j, v_j, the last weight is c
template<int K, int H, int N> struct Mlp {
    static constexpr int U = K + 2, D = H * U + 1, DATA = N * (K + 1); static constexpr bool sphere = false;
    template<class V> IN void grad(const V* w, V* g, const typename V::T* X) {
        using T = typename V::T; constexpr int R = 4; const T* y = X + N * K;
        for (int d = 0; d < D; d++) g[d] = V(0);
        for (int s = 0; s < N; s += R, X += R * K, y += R) {
            V t[H][R], e[R]; UNROLL for (int r = 0; r < R; r++) e[r] = w[D - 1] - y[r];
            for (int j = 0; j < H; j++) {
                const V* u = w + j * U; V z[R]; UNROLL for (int r = 0; r < R; r++) z[r] = u[K];
                for (int k = 0; k < K; k++) { V a = u[k]; UNROLL for (int r = 0; r < R; r++) z[r] = z[r] + a * X[r * K + k]; }
                UNROLL for (int r = 0; r < R; r++) { t[j][r] = tanh_(z[r]); e[r] = e[r] + u[K + 1] * t[j][r]; }
            }
            UNROLL for (int r = 0; r < R; r++) { e[r] = e[r] * T(1. / N); g[D - 1] = g[D - 1] + e[r]; }
            for (int j = 0; j < H; j++) {
                const V* u = w + j * U; V* h = g + j * U; V z[R], b = h[K], v = h[K + 1];
                UNROLL for (int r = 0; r < R; r++) { z[r] = e[r] * u[K + 1] * (T(1) - t[j][r] * t[j][r]); b = b + z[r]; v = v + e[r] * t[j][r]; }
                h[K] = b; h[K + 1] = v;
                for (int k = 0; k < K; k++) { V a = h[k]; UNROLL for (int r = 0; r < R; r++) a = a + z[r] * X[r * K + k]; h[k] = a; }
            }
        }
    }
    static double flops(bool) { return N * (H * (4. * K + 30) + 3.) + 2. * D; }
    static double value(const double* w, const double* X) { double f = 0; for (int s = 0; s < N; s++) { double e = w[D - 1] - X[N * K + s]; for (int j = 0; j < H; j++) { double z = w[j * U + K]; for (int k = 0; k < K; k++) z += w[j * U + k] * X[s * K + k]; e += w[j * U + K + 1] * std::tanh(z); } f += e * e; } return f / (2 * N); }
    static void data(std::vector<double>& X) {             // a network with three units made the targets
        for (int i = 0; i < N * K; i++) X[i] = normal(106, i);
        for (int s = 0; s < N; s++) { double y = 0; for (int u = 0; u < 3; u++) { double z = 0; for (int k = 0; k < K; k++) z += X[s * K + k] * normal(107, u * K + k); y += (u == 1 ? -1 : 1) * std::tanh(std::sqrt(2. / K) * z); } X[N * K + s] = y / std::sqrt(3.); }
    }
};
