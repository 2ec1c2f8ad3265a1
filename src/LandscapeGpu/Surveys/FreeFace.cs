using LandscapeGpu.Polish;

namespace LandscapeGpu.Surveys;

/// <summary>The directions that sides leave free at a point: coordinates that no bound holds, and of these what is tangent to curved sides.</summary>
/// <param name="coordinates">The coordinates.</param>
/// <param name="curved">The sides that are no bounds.</param>
/// <param name="dimension">How many coordinates there are.</param>
internal sealed class FreeFace(int[] coordinates, HeldFace curved, int dimension)
{
    /// <summary>The number of its coordinates.</summary>
    public int Count => coordinates.Length;

    /// <summary>The largest entry of what it leaves of a gradient.</summary>
    public double Largest(double[] gradient)
    {
        var left = Left(gradient);
        return coordinates.Select(i => Math.Abs(left[i])).DefaultIfEmpty(0).Max();
    }

    /// <summary>−(M + λ)⁻¹g along it, with λ the least of a sequence that makes the matrix clearly positive.</summary>
    public double[] Step(double[] matrix, double[] gradient)
    {
        var (part, left) = (Part(matrix), Left(gradient));
        double[] right = [.. coordinates.Select(i => -left[i])];
        ArrayFactors.Of(part, part, new double[Count]).Solve(new(right));
        return Whole(right);
    }

    /// <summary>What it leaves of a Hessian, with the curvature of sides and, along their normals, as much as is largest: rows and columns of its coordinates.</summary>
    public double[] Part(double[] matrix) => Inner.Part(curved.IsNone ? matrix : Held([.. matrix]), dimension, coordinates);

    /// <summary>A vector of its coordinates, with zeros for the others.</summary>
    public double[] Whole(ReadOnlySpan<double> part)
    {
        var whole = new double[dimension];
        for (var k = 0; k < Count; k++)
        {
            whole[coordinates[k]] = part[k];
        }

        return whole;
    }

    private double[] Left(double[] gradient)
    {
        if (curved.IsNone)
        {
            return gradient;
        }

        double[] left = [.. gradient];
        curved.Free(left);
        return left;
    }

    private double[] Held(double[] matrix)
    {
        curved.Project(matrix, dimension);
        var largest = Inner.Largest(matrix);
        foreach (var normal in curved.Normals(dimension))
        {
            for (var i = 0; i < dimension; i++)
            {
                Inner.Add((largest > 0 ? largest : 1) * normal[i], normal, matrix.AsSpan(i * dimension, dimension));
            }
        }

        return matrix;
    }
}
