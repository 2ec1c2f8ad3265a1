namespace LandscapeGpu.Kernels;

/// <summary>The emitted programs of an objective; each works on its own part of a thread's state.</summary>
public interface IDerivatives<in TMemory>
    where TMemory : struct
{
    /// <summary>f and ∇f.</summary>
    static abstract void Slope(TMemory memory, int thread, int threads);

    /// <summary>The Hessian, or its product with a vector.</summary>
    static abstract void Curvature(TMemory memory, int thread, int threads);

    /// <summary>The point of the manifold near a point; nothing where there is no manifold.</summary>
    static abstract void Retract(TMemory memory, int thread, int threads);
}

/// <summary>Three emitted steps.</summary>
public readonly struct Derived<TSlope, TCurvature, TRetraction, TMemory> : IDerivatives<TMemory>
    where TSlope : struct, IStep<TMemory>
    where TCurvature : struct, IStep<TMemory>
    where TRetraction : struct, IStep<TMemory>
    where TMemory : struct
{
    static void IDerivatives<TMemory>.Slope(TMemory memory, int thread, int threads)
    {
        var step = default(TSlope);
        step.Run(memory, thread, threads, 0);
    }

    static void IDerivatives<TMemory>.Curvature(TMemory memory, int thread, int threads)
    {
        var step = default(TCurvature);
        step.Run(memory, thread, threads, 0);
    }

    static void IDerivatives<TMemory>.Retract(TMemory memory, int thread, int threads)
    {
        var step = default(TRetraction);
        step.Run(memory, thread, threads, 0);
    }
}
