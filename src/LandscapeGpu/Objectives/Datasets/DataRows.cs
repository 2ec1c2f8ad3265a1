namespace LandscapeGpu.Objectives.Datasets;

/// <summary>n rows of d numbers each, such as points whose principal components are sought.</summary>
internal sealed class DataRows : Dataset
{
    /// <param name="values">[row, column]; copied.</param>
    /// <exception cref="ArgumentException">There are no rows or no columns, or a number is not finite.</exception>
    public DataRows(double[,] values)
    {
        if (values.Length == 0)
        {
            throw new ArgumentException($"Rows were given as a table of {values.GetLength(0)} rows and {values.GetLength(1)} columns; both must be at least 1.");
        }

        RequireFinite("Rows", values.Cast<double>());
        Values = (double[,])values.Clone();
    }

    public override DataForm Form => DataForm.Rows;

    /// <summary>n.</summary>
    public int Count => Values.GetLength(0);

    /// <summary>d.</summary>
    public int Dimension => Values.GetLength(1);

    internal double[,] Values { get; }

    /// <summary>1/n Σ (x − x̄)(x − x̄)ᵀ; entries (i, j) and (j, i) are the same bits.</summary>
    internal double[,] Covariance()
    {
        var (n, d) = (Count, Dimension);
        var means = Enumerable.Range(0, d).Select(j => Enumerable.Range(0, n).Average(s => Values[s, j])).ToArray();
        var covariance = new double[d, d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var s = 0; s < n; s++)
                {
                    covariance[i, j] += (Values[s, i] - means[i]) * (Values[s, j] - means[j]) / n;
                }

                covariance[j, i] = covariance[i, j];
            }
        }

        return covariance;
    }
}
