namespace LandscapeGpu.Valleys;

/// <summary>How the value is around a point that derivatives do not decide about.</summary>
internal enum Around
{
    /// <summary>Somewhere it does not change as far as was looked: along a ray, or along the floor that descents from a ray come to.</summary>
    Level,

    /// <summary>It rises everywhere, and descents from there come back to the point.</summary>
    Rising,

    /// <summary>It falls, or a descent from nearby comes below the point.</summary>
    Falling,
}
