using LandscapeGpu.Execution;

namespace LandscapeGpu.Tests.Execution;

public class MatrixProductTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public unsafe void Every_element_is_summed_in_order_whatever_the_width_of_vectors_and_the_shape(int bits)
    {
        var random = new Random(1);
        var product = new MatrixProduct(isDouble: true, bits);
        for (var trial = 0; trial < 60; trial++)
        {
            var (rows, columns, inner, isTransposed) = (random.Next(1, 45), random.Next(1, 70), random.Next(1, 60), trial % 2 == 1);
            var (ai, ak) = isTransposed ? (1, rows) : (inner, 1);
            // Behind the last row of B as much again as a vector is read, and not used.
            var (a, b, c) = (Numbers(rows * inner), Numbers((inner * columns) + 16), Numbers(rows * columns));
            var expected = c.ToArray();
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    for (var k = 0; k < inner; k++)
                    {
                        expected[(i * columns) + j] = Math.FusedMultiplyAdd(a[(i * ai) + (k * ak)], b[(k * columns) + j], expected[(i * columns) + j]);
                    }
                }
            }

            fixed (double* pa = a, pb = b, pc = c)
            {
                product.Add(rows, columns, inner, (byte*)pa, ai, ak, (byte*)pb, columns, (byte*)pc, columns);
            }

            Assert.Equal(expected, c);
        }

        double[] Numbers(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
    }
}
