namespace LandscapeGpu.Polish;

/// <summary>What the sides of a region that hold a point leave of its gradient and Hessian.</summary>
internal sealed class HeldSides(Region region, int dimension)
{
    private readonly double[] free = new double[dimension];
    private readonly double[] product = new double[dimension];
    private readonly double[] ahead = new double[dimension];

    /// <summary>Whether the region has an end in every direction.</summary>
    public bool IsBounded => region.IsBounded;

    /// <summary>What steps from a point are short or long against.</summary>
    public double Reach(ReadOnlySpan<double> point) => region.Reach(point);

    /// <summary>How far a walk may come from where it began.</summary>
    public double Leash(ReadOnlySpan<double> origin) => region.Leash(origin);

    /// <summary>The length of the gradient without the directions that are held.</summary>
    public double FreeNorm(ReadOnlySpan<double> point, double[] gradient)
    {
        gradient.CopyTo(free, 0);
        foreach (var side in region.Active(point))
        {
            if (side.Holds(gradient))
            {
                side.Remove(free);
            }
        }

        double square = 0;
        foreach (var g in free)
        {
            square += g * g;
        }

        return Math.Sqrt(square);
    }

    /// <summary>Whether a share of a step leads out of the region, so that sides cut it off.</summary>
    /// <param name="point">Where it begins.</param>
    /// <param name="direction">The whole step.</param>
    /// <param name="share">How much of it.</param>
    public bool CutsOff(double[] point, double[] direction, double share)
    {
        for (var i = 0; i < dimension; i++)
        {
            ahead[i] = point[i] + (share * direction[i]);
        }

        return region.IsBeyondSides(ahead);
    }

    /// <summary>The share of a step that leads to the first side that it meets, of those that the point is not on; 0 where it meets none within the share that was tried.</summary>
    /// <param name="point">Where it begins.</param>
    /// <param name="direction">The whole step.</param>
    /// <param name="share">How much of it was tried.</param>
    public double ShareToSide(double[] point, double[] direction, double share)
    {
        var first = region.ShareToSide(point, direction, share);
        return first <= share ? first : 0;
    }

    /// <summary>Puts coordinates of a point onto the bounds that a step would carry them over and the gradient pushes them to, or a point onto the one side there is; false where there are none.</summary>
    /// <param name="point">Where the step begins.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="direction">The whole step.</param>
    /// <param name="share">How much of it was tried.</param>
    /// <param name="onSides">The point with these coordinates on their bounds.</param>
    public bool TryOntoSides(double[] point, double[] gradient, double[] direction, double share, double[] onSides)
    {
        point.CopyTo(onSides, 0);
        for (var i = 0; i < dimension; i++)
        {
            ahead[i] = point[i] + (share * direction[i]);
        }

        return region.TryOntoSides(point, gradient, ahead, onSides);
    }

    /// <summary>Whether the gradient is zero to its rounding, but for the directions that are held.</summary>
    /// <param name="point">Where.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="errors">Bounds of its rounding.</param>
    public bool IsStationary(ReadOnlySpan<double> point, double[] gradient, double[] errors)
    {
        Free(point, gradient, errors);
        for (var i = 0; i < dimension; i++)
        {
            if (!Stationarity.IsZero(free[i], product[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The length of what of the gradient is more than rounding, but for the directions that are held.</summary>
    /// <param name="point">Where.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="errors">Bounds of its rounding.</param>
    /// <param name="scale">What each coordinate of it counts.</param>
    public double Left(ReadOnlySpan<double> point, double[] gradient, double[] errors, double[] scale)
    {
        Free(point, gradient, errors);
        var square = 0.0;
        for (var i = 0; i < dimension; i++)
        {
            square += Stationarity.IsZero(free[i], product[i]) ? 0 : scale[i] * free[i] * scale[i] * free[i];
        }

        return Math.Sqrt(square);
    }

    /// <summary>−∇f along the coordinates where it is more than rounding, but for the directions that are held, and 0 along the others; false where all or none are so.</summary>
    /// <param name="point">Where.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="errors">Bounds of its rounding.</param>
    /// <param name="left">Receives it.</param>
    public bool TryLeave(ReadOnlySpan<double> point, double[] gradient, double[] errors, double[] left)
    {
        Free(point, gradient, errors);
        var arrived = 0;
        for (var i = 0; i < dimension; i++)
        {
            var hasArrived = Stationarity.IsZero(free[i], product[i]);
            arrived += hasArrived ? 1 : 0;
            left[i] = hasArrived ? 0 : -free[i];
        }

        return arrived > 0 && arrived < dimension;
    }

    /// <summary>Writes down the gradient and bounds of its rounding, without the directions that are held.</summary>
    private void Free(ReadOnlySpan<double> point, double[] gradient, double[] errors)
    {
        gradient.CopyTo(free, 0);
        errors.CopyTo(product, 0);
        foreach (var side in HoldingAt(point, gradient))
        {
            HeldFace.Widen(side, point, gradient, product);
            side.Remove(free);
        }
    }

    /// <summary>The sides that descent would leave the region through.</summary>
    public IEnumerable<ActiveConstraint> HoldingAt(ReadOnlySpan<double> point, double[] gradient) => region.Active(point).Where(side => side.Holds(gradient));

    /// <summary>Takes the held directions out of a vector and of the Hessian, which becomes that of the sides themselves with zeros along the axes that bounds hold, and its own largest curvature along the normals of others.</summary>
    /// <param name="point">Where.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="matrix">∇²f there, or those of several points side by side.</param>
    /// <param name="vector">A vector, or several side by side.</param>
    /// <param name="stride">How many there are side by side.</param>
    /// <param name="offset">Which is meant.</param>
    public void Hold(double[] point, double[] gradient, double[] matrix, double[] vector, int stride = 1, int offset = 0)
    {
        foreach (var side in region.Active(point))
        {
            if (side.Holds(gradient))
            {
                if (side.Coordinate is { } i)
                {
                    Hold(i, dimension, matrix, vector, stride, offset);
                }
                else
                {
                    Hold(side, side.Multiplier(gradient), matrix, vector, stride, offset);
                }
            }
        }
    }

    /// <summary>Takes a coordinate that a bound holds out of a vector and of a matrix.</summary>
    public static void Hold(int i, int dimension, double[] matrix, double[] vector, int stride = 1, int offset = 0)
    {
        for (var j = 0; j < dimension; j++)
        {
            matrix[(((i * dimension) + j) * stride) + offset] = 0;
            matrix[(((j * dimension) + i) * stride) + offset] = 0;
        }

        vector[(i * stride) + offset] = 0;
    }

    /// <summary>P(H + μκ)P + cnnᵀ, with P = I − nnᵀ: the sphere's Hessian.</summary>
    private void Hold(ActiveConstraint side, double multiplier, double[] matrix, double[] vector, int stride, int offset)
    {
        var (d, n, first) = (dimension, side.Normal, side.First);
        double along = 0;
        for (var k = 0; k < n.Length; k++)
        {
            matrix[((((first + k) * d) + first + k) * stride) + offset] += multiplier * side.Curvature;
            along += n[k] * vector[((first + k) * stride) + offset];
        }

        var (alpha, across) = (0.0, 0.0);
        for (var i = 0; i < d; i++)
        {
            across = Math.Max(across, Math.Abs(matrix[(((i * d) + i) * stride) + offset]));
            product[i] = 0;
            for (var k = 0; k < n.Length; k++)
            {
                product[i] += matrix[(((i * d) + first + k) * stride) + offset] * n[k];
            }

            alpha += product[i] * (i >= first && i < first + n.Length ? n[i - first] : 0);
        }

        for (var k = 0; k < n.Length; k++)
        {
            var row = first + k;
            vector[(row * stride) + offset] -= along * n[k];
            for (var j = 0; j < d; j++)
            {
                matrix[(((row * d) + j) * stride) + offset] -= n[k] * product[j];
                matrix[(((j * d) + row) * stride) + offset] -= n[k] * product[j];
            }

            for (var j = 0; j < n.Length; j++)
            {
                matrix[(((row * d) + first + j) * stride) + offset] += (alpha + across) * n[k] * n[j];
            }
        }
    }
}
