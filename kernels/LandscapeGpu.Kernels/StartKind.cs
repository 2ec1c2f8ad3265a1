namespace LandscapeGpu.Kernels;

/// <summary>How a kernel makes starts; the same numbers bit for bit as the samplers of the same names make.</summary>
public enum StartKind
{
    /// <summary>Points made elsewhere: coordinate i of restart r is number r·d + i.</summary>
    Given = 0,

    /// <summary>Uniform in a box: numbers 2i and 2i + 1 are the bounds of coordinate i.</summary>
    Box = 1,

    /// <summary>Normal: numbers 2i and 2i + 1 are mean and standard deviation of coordinate i.</summary>
    Gaussian = 2,

    /// <summary>Uniform on a sphere: number 0 is its radius.</summary>
    Sphere = 3,

    /// <summary>Uniform in a ball: number 0 is its radius.</summary>
    Ball = 4,
}
