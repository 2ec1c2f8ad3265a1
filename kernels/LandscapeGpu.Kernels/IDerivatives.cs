namespace LandscapeGpu.Kernels;

/// <summary>The emitted programs of an objective; each works on its own part of the state of the thread at a place.</summary>
public interface IDerivatives<in TMemory>
    where TMemory : struct
{
    /// <summary>f and ∇f.</summary>
    static abstract void Slope(TMemory memory, int place);

    /// <summary>The Hessian, or its product with a vector.</summary>
    static abstract void Curvature(TMemory memory, int place);

    /// <summary>The point of the manifold near a point; nothing where there is no manifold.</summary>
    static abstract void Retract(TMemory memory, int place);

    /// <summary>f and ∇f with bounds of their rounding.</summary>
    static abstract void Rounded(TMemory memory, int place);
}

/// <summary>Four emitted steps.</summary>
public readonly struct Derived<TSlope, TCurvature, TRetraction, TRounded, TMemory> : IDerivatives<TMemory>
    where TSlope : struct, IStep<TMemory>
    where TCurvature : struct, IStep<TMemory>
    where TRetraction : struct, IStep<TMemory>
    where TRounded : struct, IStep<TMemory>
    where TMemory : struct
{
    static void IDerivatives<TMemory>.Slope(TMemory memory, int place) => default(TSlope).Run(memory, place, 0);

    static void IDerivatives<TMemory>.Curvature(TMemory memory, int place) => default(TCurvature).Run(memory, place, 0);

    static void IDerivatives<TMemory>.Retract(TMemory memory, int place) => default(TRetraction).Run(memory, place, 0);

    static void IDerivatives<TMemory>.Rounded(TMemory memory, int place) => default(TRounded).Run(memory, place, 0);
}
