namespace LandscapeGpu.Surveys;

/// <summary>Where a formula with variables for its kinks is evaluated: x, then σ, τ, μ and κ of each kink.</summary>
/// <param name="Wide">d + 4m numbers.</param>
/// <param name="D">How many of them are coordinates.</param>
internal readonly record struct KinkPlace(double[] Wide, int D)
{
    public int Kinks => (Wide.Length - D) / 4;

    public Span<double> X => Wide.AsSpan(0, D);

    /// <summary>Multipliers of the kinks, or the signs of pieces.</summary>
    public Span<double> Sigma => Wide.AsSpan(D, Kinks);

    /// <summary>1 where a kink is rounded off, else 0.</summary>
    public Span<double> Tau => Wide.AsSpan(D + Kinks, Kinks);

    /// <summary>Over what distance.</summary>
    public Span<double> Mu => Wide.AsSpan(D + (2 * Kinks), Kinks);
}

/// <summary>What a formula with variables for its kinks is at a place, in units of the scale.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Gradient">Along coordinates.</param>
/// <param name="Weighted">Of each kink w·u.</param>
/// <param name="Weights">Of each kink w.</param>
internal sealed record KinkLook(double Value, double[] Gradient, double[] Weighted, double[] Weights)
{
    /// <summary>The argument of a kink; 0 where it has no weight.</summary>
    public double Argument(int kink) => Weights[kink] == 0 ? 0 : Weighted[kink] / Weights[kink];
}

/// <summary>A formula with variables for its kinks, compiled: values, gradients, and rows of its Hessian.</summary>
internal sealed class KinkForm : IDisposable
{
    // Rows of the Hessian are kept: as many numbers as are a matter of a second.
    private const int MostEntries = 1 << 23;

    private readonly Derivatives derivatives;
    private readonly LaneValues values;
    private readonly Lanes lanes;
    private readonly AlignedMemory data;
    private readonly double[] scale;

    private KinkForm(Objective wide, int kinks, double[] scale, int? bits)
    {
        (this.scale, Kinks) = (scale, kinks);
        derivatives = Derivatives.Of(wide, bits);
        (values, lanes, data) = (new(wide, bits), new(derivatives.Curvature), derivatives.Curvature.NewData(wide.Parameters, wide.Replaced));
    }

    public int D => scale.Length;

    public int Kinks { get; }

    /// <summary>How often a gradient of it, or a product with its Hessian, has been computed, once for as many as lie side by side.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Null where the formula has no kinks of the kind, or too many.</summary>
    public static KinkForm? Of(Objective objective, double[] scale, int? bits) =>
        Smoothness.HasTiesOnly(objective.Value) && objective.WithKinks((MostEntries / scale.Length) - scale.Length) is var (wide, kinks) ? new(wide, kinks, scale, bits) : null;

    public KinkPlace Place(ReadOnlySpan<double> point)
    {
        var place = new KinkPlace(new double[D + (4 * Kinks)], D);
        point.CopyTo(place.X);
        return place;
    }

    /// <summary>What it is at places.</summary>
    public KinkLook[] At(params KinkPlace[] places)
    {
        var width = D + (4 * Kinks);
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

                return new KinkLook(found[k], gradient, slope.Slice(D, Kinks).ToArray(), slope.Slice(D + (3 * Kinks), Kinks).ToArray());
            }),
        ];
    }

    /// <summary>The Hessian along coordinates, d × d, and w∇u of each kink, m × d, all in units of the scale.</summary>
    public (double[] Hessian, double[] Slopes) Rows(KinkPlace place)
    {
        var (hessian, slopes, row) = (new double[D * D], new double[Kinks * D], new double[D + (4 * Kinks)]);
        for (var l = 0; l < lanes.Count; l++)
        {
            lanes.Write(derivatives.At, l, place.Wide);
        }

        var v = lanes.Values(derivatives.Direction!);
        for (var begin = 0; begin < D; begin += lanes.Count)
        {
            v.Clear();
            for (var l = 0; l < lanes.Count; l++)
            {
                v[(Math.Min(begin + l, D - 1) * lanes.Count) + l] = 1;
            }

            _ = begin == 0 ? lanes.Run(data) : lanes.RunAgain(data);
            Evaluations++;
            for (var l = 0; l < lanes.Count && begin + l < D; l++)
            {
                var j = begin + l;
                lanes.Read(derivatives.Result, l, row);
                for (var i = 0; i < D; i++)
                {
                    hessian[(j * D) + i] = scale[j] * row[i] * scale[i];
                }

                for (var k = 0; k < Kinks; k++)
                {
                    slopes[(k * D) + j] = scale[j] * row[D + k];
                }
            }
        }

        return (hessian, slopes);
    }

    public void Dispose()
    {
        values.Dispose();
        lanes.Dispose();
        data.Dispose();
    }
}
