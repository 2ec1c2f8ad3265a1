using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Algorithms.RadixSortOperations;
using ILGPU.Runtime;
using LandscapeGpu.Execution;

namespace LandscapeGpu.Ilgpu;

/// <summary>What is done with rows of a batch on the device itself: chosen, handed to another batch, sorted.</summary>
internal static class DeviceRows
{
    /// <summary>The rows of some items.</summary>
    public static T[] Of<T>(Accelerator accelerator, ArrayView<T> rows, int rowLength, int[] items)
        where T : unmanaged
    {
        if (items.Length == 0)
        {
            return [];
        }

        using var chosen = accelerator.Allocate1D(items);
        using var result = accelerator.Allocate1D<T>((long)items.Length * rowLength);
        Once<Action<Index1D, ArrayView<int>, ArrayView<T>, ArrayView<T>, int>>(accelerator, a => a.LoadAutoGroupedStreamKernel<Index1D, ArrayView<int>, ArrayView<T>, ArrayView<T>, int>(Choose))(
            items.Length, chosen.View.BaseView, rows, result.View.BaseView, rowLength);
        accelerator.DefaultStream.Synchronize();
        return result.GetAsArray1D();
    }

    /// <summary>Points where items ended, in single precision, as what is given to others.</summary>
    public static void Take(Accelerator accelerator, (ArrayView<float> Points, ArrayView<int> Outcomes) ended, ArrayView<double> given, (int Count, int Dimension, uint Outcomes) which)
    {
        Once<Action<Index1D, ArrayView<float>, ArrayView<int>, ArrayView<double>, int, uint>>(accelerator, a => a.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<int>, ArrayView<double>, int, uint>(TakeSingle))(
            which.Count, ended.Points, ended.Outcomes, given, which.Dimension, which.Outcomes);
        accelerator.DefaultStream.Synchronize();
    }

    /// <summary>The same in double precision.</summary>
    public static void Take(Accelerator accelerator, (ArrayView<double> Points, ArrayView<int> Outcomes) ended, ArrayView<double> given, (int Count, int Dimension, uint Outcomes) which)
    {
        Once<Action<Index1D, ArrayView<double>, ArrayView<int>, ArrayView<double>, int, uint>>(accelerator, a => a.LoadAutoGroupedStreamKernel<Index1D, ArrayView<double>, ArrayView<int>, ArrayView<double>, int, uint>(TakeDouble))(
            which.Count, ended.Points, ended.Outcomes, given, which.Dimension, which.Outcomes);
        accelerator.DefaultStream.Synchronize();
    }

    /// <summary>Radix sort of keys with the numbers of their items, which are written behind them.</summary>
    public static void Sort(Accelerator accelerator, ArrayView<double> given, int count)
    {
        using var items = accelerator.Allocate1D<int>(count);
        using var room = accelerator.Allocate1D<int>(accelerator.ComputeRadixSortPairsTempStorageSize<double, int, AscendingDouble>(count));
        Once<Action<Index1D, ArrayView<int>>>(accelerator, a => a.LoadAutoGroupedStreamKernel<Index1D, ArrayView<int>>(Number))(count, items.View.BaseView);
        Once<RadixSortPairs<double, Stride1D.Dense, int, Stride1D.Dense>>(accelerator, a => a.CreateRadixSortPairs<double, Stride1D.Dense, int, Stride1D.Dense, AscendingDouble>())(
            accelerator.DefaultStream, given.SubView(0, count).AsDense(), items.View, room.View.AsContiguous());
        Once<Action<Index1D, ArrayView<int>, ArrayView<double>>>(accelerator, a => a.LoadAutoGroupedStreamKernel<Index1D, ArrayView<int>, ArrayView<double>>(Widen))(count, items.View.BaseView, given.SubView(count, count));
        accelerator.DefaultStream.Synchronize();
    }

    private static void Choose<T>(Index1D item, ArrayView<int> items, ArrayView<T> rows, ArrayView<T> result, int length)
        where T : unmanaged
    {
        for (var k = 0; k < length; k++)
        {
            result[(item * length) + k] = rows[(items[item] * length) + k];
        }
    }

    private static void TakeSingle(Index1D item, ArrayView<float> points, ArrayView<int> outcomes, ArrayView<double> given, int d, uint taken)
    {
        var isTaken = (taken >> outcomes[item] & 1) == 1;
        for (var i = 0; i < d; i++)
        {
            given[(item * d) + i] = isTaken ? points[(item * d) + i] : double.NaN;
        }
    }

    private static void TakeDouble(Index1D item, ArrayView<double> points, ArrayView<int> outcomes, ArrayView<double> given, int d, uint taken)
    {
        var isTaken = (taken >> outcomes[item] & 1) == 1;
        for (var i = 0; i < d; i++)
        {
            given[(item * d) + i] = isTaken ? points[(item * d) + i] : double.NaN;
        }
    }

    private static void Number(Index1D item, ArrayView<int> items) => items[item] = item;

    private static void Widen(Index1D at, ArrayView<int> items, ArrayView<double> given) => given[at] = items[at];

    /// <summary>Compiled once for an accelerator: what is told by how it is made, since kernels may have parameters alike.</summary>
    private static T Once<T>(Accelerator accelerator, Func<Accelerator, T> make, [CallerArgumentExpression(nameof(make))] string how = "")
        where T : class => CompiledOnce.Of(accelerator, (typeof(T), how), () => make(accelerator));
}
