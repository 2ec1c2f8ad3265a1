namespace LandscapeGpu.Surveys;

/// <summary>BFGS's estimate of the inverse of the Hessian, d × d; on a crease it learns the steep directions.</summary>
internal sealed class InverseHessian(int d)
{
    private readonly double[] matrix = new double[d * d];

    /// <summary>A multiple of the identity.</summary>
    public void Reset(double diagonal)
    {
        Array.Clear(matrix);
        for (var i = 0; i < d; i++)
        {
            matrix[(i * d) + i] = diagonal;
        }
    }

    /// <summary>Row i times a vector.</summary>
    public double Row(int i, double[] v)
    {
        var sum = 0.0;
        for (var j = 0; j < d; j++)
        {
            sum += matrix[(i * d) + j] * v[j];
        }

        return sum;
    }

    /// <summary>BFGS's update; none where the slope has not become less steep.</summary>
    /// <param name="s">The step.</param>
    /// <param name="y">How the gradient has changed.</param>
    /// <param name="isNew">Nothing has been learnt since it was reset: the first step tells its size.</param>
    public void Learn(double[] s, double[] y, bool isNew)
    {
        var sy = Inner.Product(s, y);
        if (!(sy > 0) || !double.IsFinite(sy))
        {
            return;
        }

        if (isNew)
        {
            Reset(sy / Inner.Product(y, y));
        }

        double[] hy = [.. Enumerable.Range(0, d).Select(i => Row(i, y))];
        var factor = (1 + (Inner.Product(y, hy) / sy)) / sy;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                matrix[(i * d) + j] += (factor * s[i] * s[j]) - (((hy[i] * s[j]) + (s[i] * hy[j])) / sy);
            }
        }
    }
}
