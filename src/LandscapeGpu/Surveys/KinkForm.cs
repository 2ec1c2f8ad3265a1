namespace LandscapeGpu.Surveys;

/// <summary>Where a formula with variables for its kinks is evaluated: x, then σ, τ, μ and κ of each component of a kink.</summary>
/// <param name="Wide">d + 4m numbers.</param>
/// <param name="D">How many of them are coordinates.</param>
internal readonly record struct KinkPlace(double[] Wide, int D)
{
    public int Components => (Wide.Length - D) / 4;

    public Span<double> X => Wide.AsSpan(0, D);

    /// <summary>Multipliers of the kinks, or the signs of pieces.</summary>
    public Span<double> Sigma => Wide.AsSpan(D, Components);

    /// <summary>1 where a kink is rounded off, else 0.</summary>
    public Span<double> Tau => Wide.AsSpan(D + Components, Components);

    /// <summary>Over what distance.</summary>
    public Span<double> Mu => Wide.AsSpan(D + (2 * Components), Components);
}

/// <summary>What a formula with variables for its kinks is at a place, in units of the scale.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Gradient">Along coordinates.</param>
/// <param name="Weighted">Of each component of a kink w·u.</param>
/// <param name="Weights">Of each kink w, at its first component.</param>
internal sealed record KinkLook(double Value, double[] Gradient, double[] Weighted, double[] Weights)
{
    /// <summary>The weight of a kink.</summary>
    public double Weight(KinkNorm kink) => Weights[kink.First];

    /// <summary>The length of a kink's argument; 0 where it has no weight.</summary>
    public double Length(KinkNorm kink) => Weight(kink) == 0 ? 0 : Inner.Norm(Weighted.AsSpan(kink.First, kink.Count)) / Math.Abs(Weight(kink));
}

/// <summary>A formula with variables for its kinks, compiled: values, gradients, and rows of its Hessian.</summary>
internal sealed class KinkForm(Objective wide, IReadOnlyList<KinkNorm> kinks, double[] scale, int? bits) : IDisposable
{
    // Rows of the Hessian are kept: as many numbers as are a matter of a second.
    private const int MostEntries = 1 << 23;

    private readonly Derivatives derivatives = Derivatives.Of(wide, bits);
    private readonly LaneValues values = new(wide, bits);
    private readonly Lanes lanes = wide.OnLanes(Derivatives.Of(wide, bits).Curvature);

    public int D => scale.Length;

    /// <summary>The kinks, each with its components.</summary>
    public IReadOnlyList<KinkNorm> Kinks => kinks;

    /// <summary>How many components they have together.</summary>
    public int Components { get; } = kinks[^1].First + kinks[^1].Count;

    /// <summary>How often a gradient of it, or a product with its Hessian, has been computed, once for as many as lie side by side.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Null where the formula has no kinks, too many, or others.</summary>
    public static KinkForm? Of(Objective objective, double[] scale, int? bits) =>
        objective.WithKinks((MostEntries / scale.Length) - scale.Length) is var (wide, kinks) ? new(wide, kinks, scale, bits) : null;

    public KinkPlace Place(ReadOnlySpan<double> point)
    {
        var place = new KinkPlace(new double[D + (4 * Components)], D);
        point.CopyTo(place.X);
        return place;
    }

    /// <summary>What it is at places.</summary>
    public KinkLook[] At(params KinkPlace[] places)
    {
        var width = D + (4 * Components);
        var (found, slopes) = (new double[places.Length], new double[places.Length * width]);
        values.At(places.SelectMany(p => p.Wide).ToArray(), found, slopes);
        Evaluations += (places.Length + values.Width - 1) / values.Width;
        return
        [
            .. places.Select((_, k) =>
            {
                var slope = slopes.AsSpan(k * width, width);
                var gradient = slope[..D].ToArray();
                for (var i = 0; i < D; i++)
                {
                    gradient[i] *= scale[i];
                }

                return new KinkLook(found[k], gradient, slope.Slice(D, Components).ToArray(), slope.Slice(D + (3 * Components), Components).ToArray());
            }),
        ];
    }

    /// <summary>The Hessian along coordinates, d × d, with as much as is largest along the normals of a surface, and w∇u of each component of a kink, m × d, all in units of the scale.</summary>
    public (double[] Hessian, double[] Slopes) Rows(KinkPlace place)
    {
        var (hessian, slopes, row) = (new double[D * D], new double[Components * D], new double[D + (4 * Components)]);
        var normals = new double[derivatives.Normal is null ? 0 : D * D];
        lanes.WriteAll(derivatives.At, place.Wide);
        if (derivatives.Direction is not { } direction)
        {
            // Of a small formula all entries come at once, for each lane.
            lanes.Run();
            Evaluations++;
            var all = lanes.Values(derivatives.Result);
            for (var j = 0; j < D; j++)
            {
                for (var e = 0; e < row.Length; e++)
                {
                    row[e] = all[((j * row.Length) + e) * lanes.Count];
                }

                Take(j);
            }

            return (hessian, slopes);
        }

        var v = lanes.Values(direction);
        for (var begin = 0; begin < D; begin += lanes.Count)
        {
            v.Clear();
            for (var l = 0; l < lanes.Count; l++)
            {
                v[(Math.Min(begin + l, D - 1) * lanes.Count) + l] = 1;
            }

            _ = begin == 0 ? lanes.Run() : lanes.RunAgain();
            Evaluations++;
            for (var l = 0; l < lanes.Count && begin + l < D; l++)
            {
                lanes.Read(derivatives.Result, l, row);
                Take(begin + l);
                if (derivatives.Normal is { } normal)
                {
                    lanes.Read(normal, l, row);
                    for (var i = 0; i < D; i++)
                    {
                        normals[((begin + l) * D) + i] = scale[begin + l] * row[i] * scale[i];
                    }
                }
            }
        }

        if (normals.Length > 0)
        {
            var largest = Math.Max(Inner.Largest(hessian), Inner.Largest(slopes));
            Inner.Add(largest > 0 ? largest : 1, normals, hessian);
        }

        return (hessian, slopes);

        void Take(int j)
        {
            for (var i = 0; i < D; i++)
            {
                hessian[(j * D) + i] = scale[j] * row[i] * scale[i];
            }

            for (var k = 0; k < Components; k++)
            {
                slopes[(k * D) + j] = scale[j] * row[D + k];
            }
        }
    }

    public void Dispose()
    {
        values.Dispose();
        lanes.Dispose();
    }
}
