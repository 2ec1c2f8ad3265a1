namespace LandscapeGpu.Identity;

/// <summary>Partial ordering by a key, in linear time.</summary>
internal static class Selection
{
    /// <summary>
    /// Rearranges keys and items together so that the first <paramref name="count"/> keys are not larger than the rest.
    /// </summary>
    /// <remarks>Hoare's FIND with the median of three (Hoare, CACM 4 (1961) 321); equal keys are split evenly.</remarks>
    public static void Partition(Span<double> keys, Span<int> items, int count)
    {
        int left = 0, right = keys.Length - 1;
        while (left < right)
        {
            var pivot = MedianOfThree(keys[left], keys[left + (right - left) / 2], keys[right]);
            int i = left, j = right;
            while (i <= j)
            {
                while (keys[i] < pivot)
                {
                    i++;
                }

                while (keys[j] > pivot)
                {
                    j--;
                }

                if (i > j)
                {
                    break;
                }

                (keys[i], keys[j]) = (keys[j], keys[i]);
                (items[i], items[j]) = (items[j], items[i]);
                i++;
                j--;
            }

            if (count <= j)
            {
                right = j;
            }
            else if (count >= i)
            {
                left = i;
            }
            else
            {
                return;
            }
        }
    }

    private static double MedianOfThree(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
