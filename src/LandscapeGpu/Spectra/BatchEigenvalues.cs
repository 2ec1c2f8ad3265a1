using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Spectra;

/// <summary>Eigenvalues of many small symmetric matrices: as many side by side as the machine has lanes, groups shared among threads.</summary>
internal static unsafe class BatchEigenvalues
{
    /// <summary>Groups of matrices a thread takes at once: enough that taking them costs nothing.</summary>
    private const int GroupsAtOnce = 16;

    internal static void Solve(double* matrices, int n, int count, double* eigenvalues, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Solve<Lanes512>(matrices, n, count, eigenvalues, threads);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Solve<Lanes256>(matrices, n, count, eigenvalues, threads);
        }
        else
        {
            Solve<Lanes128>(matrices, n, count, eigenvalues, threads);
        }
    }

    internal static void Solve<T>(double* matrices, int n, int count, double* eigenvalues, int threads)
        where T : unmanaged, ILanes<T>
    {
        var chunk = T.Width * GroupsAtOnce;
        var chunks = (count + chunk - 1) / chunk;
        var next = -1;
        var (source, target) = ((nint)matrices, (nint)eigenvalues);

        void Work()
        {
            using var group = new Group<T>(n);
            for (var taken = Interlocked.Increment(ref next); taken < chunks; taken = Interlocked.Increment(ref next))
            {
                var end = Math.Min(count, (taken + 1) * chunk);
                for (var first = taken * chunk; first < end; first += T.Width)
                {
                    var filled = Math.Min(T.Width, end - first);
                    group.Solve((double*)source + (long)first * n * n, filled, (double*)target + (long)first * n);
                }
            }
        }

        var workers = Math.Min(threads, chunks);
        if (workers <= 1)
        {
            Work();
        }
        else
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => Work());
        }
    }

    /// <summary>Working space of one thread: matrices of one group, entry by entry, lanes next to each other.</summary>
    private sealed class Group<T>(int n) : IDisposable
        where T : unmanaged, ILanes<T>
    {
        // Vectors that straddle cache lines would halve the speed of loading them.
        private T* _space = (T*)NativeMemory.AlignedAlloc((nuint)(SymmetricPlaces.Length(n) + 2) * (nuint)sizeof(T), 64);

        internal void Solve(double* matrices, int filled, double* eigenvalues)
        {
            var places = new SymmetricPlaces(0, n);
            var entries = new LaneEntries<T>(_space);
            var scale = (double*)(_space + SymmetricPlaces.Length(n));
            var taint = scale + T.Width;

            new Span<T>(_space, places.Diagonal).Clear();
            for (var lane = 0; lane < filled; lane++)
            {
                (scale[lane], taint[lane]) = Load(matrices + (long)lane * n * n, (double*)_space + lane);
            }

            Tridiagonalisation<T, LaneEntries<T>>.Reduce(entries, places);
            RationalQl<T, LaneEntries<T>>.Solve(entries, places);
            var sorted = (double*)(_space + places.Diagonal);
            for (var lane = 0; lane < filled; lane++)
            {
                for (var i = 0; i < n; i++)
                {
                    eigenvalues[lane * n + i] = sorted[i * T.Width + lane] * scale[lane] + taint[lane];
                }
            }
        }

        public void Dispose()
        {
            NativeMemory.AlignedFree(_space);
            _space = null;
        }

        /// <summary>Writes one matrix into its lane; returns the power of two it was divided by and zero, or NaN for one that is not finite.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private (double Scale, double Taint) Load(double* matrix, double* lane)
        {
            var (largest, taint) = (0.0, 0.0);
            for (var i = 0; i < n * n; i++)
            {
                var magnitude = Math.Abs(matrix[i]);
                largest = magnitude > largest ? magnitude : largest;
                taint += matrix[i] * 0; // NaN for NaN and infinity alike
            }

            if (double.IsNaN(taint) || largest == 0)
            {
                return (0, taint);
            }

            // One power of two more than the smallest: its inverse is a double for every finite matrix.
            var exponent = Math.Max(Math.ILogB(largest), -1020) + 1;
            var (scale, half) = (Math.ScaleB(1, Math.Min(exponent, 1023)), Math.ScaleB(1, -Math.Min(exponent, 1023)) / 2);
            for (int i = 0, k = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++, k += T.Width)
                {
                    lane[k] = matrix[i * n + j] * half + matrix[j * n + i] * half;
                }
            }

            return (scale, 0);
        }
    }
}
