using System.Runtime.InteropServices;
using LandscapeGpu.Devices.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>Products of matrices by NVIDIA's cuBLAS, of whichever release is there.</summary>
/// <remarks>
/// ILGPU.Algorithms wraps cuBLAS 10 to 12, but none of its strided batched products, so that the five functions which are needed are bound here, by name: they have had one signature from
/// CUDA 8 to 13 (cuBLAS Library, NVIDIA, sections 2.4 and 2.8.12).
/// </remarks>
internal sealed unsafe class Cublas
{
    // A newer one needs a newer driver, and says so when it is opened: then the next is tried.
    private static readonly int[] Releases = [13, 12, 11, 10];

    private readonly Lock calling = new();
    private readonly delegate* unmanaged<nint, nint, int> setStream;
    private readonly delegate* unmanaged<nint, int, int, int, int, int, float*, float*, int, long, float*, int, long, float*, float*, int, long, int, int> single;
    private readonly delegate* unmanaged<nint, int, int, int, int, int, double*, double*, int, long, double*, int, long, double*, double*, int, long, int, int> twofold;
    private readonly nint handle;

    private Cublas(nint library, nint handle)
    {
        this.handle = handle;
        setStream = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "cublasSetStream_v2");
        single = (delegate* unmanaged<nint, int, int, int, int, int, float*, float*, int, long, float*, int, long, float*, float*, int, long, int, int>)NativeLibrary.GetExport(library, "cublasSgemmStridedBatched");
        twofold = (delegate* unmanaged<nint, int, int, int, int, int, double*, double*, int, long, double*, int, long, double*, double*, int, long, int, int>)NativeLibrary.GetExport(library, "cublasDgemmStridedBatched");
    }

    /// <summary>The newest that is there and can be opened for the context that is current.</summary>
    /// <returns>It, or null, and which it is, or why there is none.</returns>
    public static (Cublas? Opened, ProductLibrary Library) Open()
    {
        var tried = new List<string>();
        foreach (var release in Releases)
        {
            var name = OperatingSystem.IsWindows() ? $"cublas64_{release}.dll" : $"libcublas.so.{release}";
            if (!NativeLibrary.TryLoad(name, out var library))
            {
                continue;
            }

            nint handle = 0;
            int status;
            try
            {
                status = ((delegate* unmanaged<nint*, int>)NativeLibrary.GetExport(library, "cublasCreate_v2"))(&handle);
                if (status == 0)
                {
                    return (new(library, handle), new($"cuBLAS {release} ({name})"));
                }
            }
            catch (EntryPointNotFoundException missing)
            {
                tried.Add($"{name} was found and is not what it is called ({missing.Message})");
                continue;
            }

            tried.Add($"{name} was found and does not open here (status {status})");
        }

        return (null, new(null, tried.Count > 0 ? string.Join("; ", tried) : $"no cuBLAS was found: {(OperatingSystem.IsWindows() ? "cublas64_N.dll on the PATH" : "libcublas.so.N where libraries are looked for")}, N of {string.Join(", ", Releases)}"));
    }

    /// <summary>Begins a product on a stream.</summary>
    /// <param name="call">The product.</param>
    /// <param name="stream">A CUDA stream of the context that it was opened for.</param>
    /// <param name="state">Where state begins on the device.</param>
    /// <param name="shared">Where shared numbers begin there.</param>
    /// <param name="isDouble">Whether they are in double precision.</param>
    /// <exception cref="InvalidOperationException">It answered that it failed.</exception>
    public void Multiply(GemmCall call, nint stream, nint state, nint shared, bool isDouble)
    {
        var (bytes, turned) = (isDouble ? sizeof(double) : sizeof(float), call.IsTurned ? 1 : 0);
        var (a, b, c) = (At(call.First), At(call.Second), At(call.Result));
        // A handle is for one thread at a time, and its stream is part of it.
        lock (calling)
        {
            Require(setStream(handle, stream));
            if (isDouble)
            {
                var one = 1.0;
                Require(twofold(
                    handle, 0, turned, call.M, call.N, call.K, &one, (double*)a, call.First.Leading, call.First.Stride, (double*)b, call.Second.Leading, call.Second.Stride,
                    &one, (double*)c, call.Result.Leading, call.Result.Stride, call.Count));
            }
            else
            {
                var one = 1f;
                Require(single(
                    handle, 0, turned, call.M, call.N, call.K, &one, (float*)a, call.First.Leading, call.First.Stride, (float*)b, call.Second.Leading, call.Second.Stride,
                    &one, (float*)c, call.Result.Leading, call.Result.Stride, call.Count));
            }
        }

        nint At(GemmCall.Operand m) => (m.IsShared ? shared : state) + (nint)(bytes * m.At);
    }

    private static void Require(int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"cuBLAS answered with status {status}");
        }
    }
}
