using System.Runtime.CompilerServices;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Assigns rows to columns, one each, at the least total cost.</summary>
/// <remarks>Shortest augmenting paths: R. Jonker and A. Volgenant (1987), Computing 38, 325; n³ operations.</remarks>
internal static class LinearAssignment
{
    /// <summary>For each row its column.</summary>
    /// <param name="cost">n × n finite numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Solve(double[,] cost)
    {
        var n = cost.GetLength(0);
        // Numbered from 1: 0 stands for none. Of column j: the row it is given to, and its dual price.
        var (rowOf, before) = (new int[n + 1], new int[n + 1]);
        var (ofRow, ofColumn) = (new double[n + 1], new double[n + 1]);
        for (var row = 1; row <= n; row++)
        {
            var (least, done) = (new double[n + 1], new bool[n + 1]);
            Array.Fill(least, double.PositiveInfinity);
            var column = 0;
            rowOf[0] = row;
            do
            {
                done[column] = true;
                var (from, next, step) = (rowOf[column], 0, double.PositiveInfinity);
                for (var j = 1; j <= n; j++)
                {
                    if (done[j])
                    {
                        continue;
                    }

                    var reduced = cost[from - 1, j - 1] - ofRow[from] - ofColumn[j];
                    if (reduced < least[j])
                    {
                        (least[j], before[j]) = (reduced, column);
                    }

                    if (least[j] < step)
                    {
                        (step, next) = (least[j], j);
                    }
                }

                for (var j = 0; j <= n; j++)
                {
                    if (done[j])
                    {
                        ofRow[rowOf[j]] += step;
                        ofColumn[j] -= step;
                    }
                    else
                    {
                        least[j] -= step;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            while (column != 0)
            {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }

        var assigned = new int[n];
        for (var j = 1; j <= n; j++)
        {
            assigned[rowOf[j] - 1] = j - 1;
        }

        return assigned;
    }
}
