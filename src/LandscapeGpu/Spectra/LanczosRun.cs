namespace LandscapeGpu.Spectra;

/// <summary>One computation of <see cref="Lanczos"/>: the subspace, what is wanted of it, and when it is enough.</summary>
internal sealed class LanczosRun(SymmetricOperator apply, int dimension, LanczosOptions options)
{
    /// <summary>The eigenvalues of H are looked at after this many new vectors: solving for them costs as much as several.</summary>
    private const int LookEvery = 8;

    /// <summary>A second look is at least this many vectors deep before it may say that it saw nothing.</summary>
    private const int LeastDepth = 10;

    // The next eigenvalue is no copy of a wanted one where its residual is a thousandth of what lies between them; nearer than a millionth of ‖A‖
    // copies cannot be told apart, and need not be.
    private const double Clear = 1e-3;
    private const double Copy = Clear * Clear;

    private readonly int _lowest = Math.Min(options.Lowest, dimension);
    private readonly int _highest = Math.Min(options.Highest, dimension - Math.Min(options.Lowest, dimension));
    private readonly KrylovSpace _space = new(apply, dimension, Math.Min(dimension, options.BasisLimit));
    private int _starts;

    private int Wanted => _lowest + _highest;

    internal ExtremeEigenvalues Solve()
    {
        Start();
        var ritz = Expand(again: false);
        var converged = ritz.Met;
        while (converged && options.LookAgain && _space.Count < dimension)
        {
            var before = WantedOf(ritz.Pairs);
            _space.Keep(ritz.Pairs, Ends(_space.Count, _lowest, _highest));
            Start();
            ritz = Expand(again: true);
            converged = ritz.Met;
            var after = WantedOf(ritz.Pairs);
            if (before.Zip(after).All(p => Math.Abs(p.First - p.Second) <= 4 * Limit))
            {
                break;
            }
        }

        return Report(ritz.Pairs, converged);
    }

    /// <summary>The residual at which an eigenpair has converged; rounding leaves that of an inner product in any.</summary>
    private double Limit => Math.Max(options.Tolerance, Stationarity.SumOfRoundings) * _space.Size;

    private void Start()
    {
        var direction = new double[dimension];
        Probe.Direction(options.Seed, _starts++, direction);
        _space.Add(direction);
    }

    /// <summary>Adds vectors, restarting when the basis is full, until the wanted pairs have converged or may be tried no more.</summary>
    private (SymmetricEigenvectors Pairs, bool Met) Expand(bool again)
    {
        var begin = _space.Products;
        while (true)
        {
            var spent = _space.Products >= options.ProductLimit || !double.IsFinite(_space.Outside);
            if (spent || _space.Full || _space.Invariant || _space.Count % LookEvery == 0)
            {
                var ritz = _space.Ritz();
                var met = Met(ritz, again) && (!again || _space.Count == dimension || _space.Products - begin >= LeastDepth);
                if (met || spent || _space.Count == dimension)
                {
                    return (ritz, met);
                }

                if (_space.Full)
                {
                    Restart(ritz);
                }
            }

            if (_space.Invariant)
            {
                Start();
            }
            else
            {
                _space.Extend();
            }
        }
    }

    /// <summary>Keeps the wanted ends and half of what room there is beside them.</summary>
    private void Restart(SymmetricEigenvectors ritz)
    {
        var spare = (_space.Count - Wanted) / 2;
        var low = spare * _lowest / Wanted;
        _space.Keep(ritz, Ends(_space.Count, _lowest + low, _highest + spare - low));
    }

    /// <summary>
    /// Whether the wanted pairs have converged; on looking again, also the next one at either end, at least so far that it
    /// cannot be another copy of a wanted one.
    /// </summary>
    private bool Met(SymmetricEigenvectors ritz, bool again)
    {
        var count = _space.Count;
        if (count == dimension)
        {
            return ritz.Values.All(double.IsFinite);
        }

        if (count < Wanted + (again ? 2 : 0) || !Ends(count, _lowest, _highest).All(k => _space.Residual(ritz, k) <= Limit))
        {
            return false;
        }

        return !again || (Apart(_lowest, _lowest - 1, _lowest) && Apart(count - 1 - _highest, count - _highest, _highest));

        bool Apart(int next, int last, int wanted) => wanted == 0
            || _space.Residual(ritz, next) <= Math.Max(Math.Max(Limit, Copy * _space.Size), Clear * Math.Abs(ritz.Values[next] - ritz.Values[last]));
    }

    private double[] WantedOf(SymmetricEigenvectors ritz) => [.. Ends(ritz.Values.Length, _lowest, _highest).Select(k => ritz.Values[k])];

    /// <summary>The first and the last of 0 … count − 1; all where they meet.</summary>
    private static int[] Ends(int count, int low, int high) =>
        [.. Enumerable.Range(0, count).Where(k => k < low || k >= count - high)];

    private ExtremeEigenvalues Report(SymmetricEigenvectors ritz, bool converged)
    {
        if (!ritz.Values.All(double.IsFinite))
        {
            return Unknown();
        }

        var found = Ends(ritz.Values.Length, _lowest, _highest);
        var vectors = Array.ConvertAll(found, k => _space.Vector(ritz.Vector(k)));
        double[] residuals = [.. found.Zip(vectors, (k, v) => _space.TrueResidual(v, ritz.Values[k]))];
        double[] values = [.. found.Select(k => ritz.Values[k])];
        var split = Math.Min(_lowest, found.Length);
        return new ExtremeEigenvalues
        {
            Dimension = dimension,
            Lowest = values[..split],
            Highest = values[split..],
            LowestResiduals = residuals[..split],
            HighestResiduals = residuals[split..],
            LowestVectors = vectors[..split],
            HighestVectors = vectors[split..],
            // What the recurrence promised must hold of the vectors themselves.
            Converged = converged && residuals.All(r => r <= 2 * Limit),
            Products = _space.Products,
        };
    }

    /// <summary>Of an operator that is not finite no eigenvalue is known: as many are no numbers as were asked for.</summary>
    private ExtremeEigenvalues Unknown()
    {
        double[] None(int count) => [.. Enumerable.Repeat(double.NaN, count)];
        return new()
        {
            Dimension = dimension,
            Lowest = None(_lowest),
            Highest = None(_highest),
            LowestResiduals = None(_lowest),
            HighestResiduals = None(_highest),
            LowestVectors = [.. Enumerable.Range(0, _lowest).Select(_ => None(dimension))],
            HighestVectors = [.. Enumerable.Range(0, _highest).Select(_ => None(dimension))],
            Converged = false,
            Products = _space.Products,
        };
    }
}
