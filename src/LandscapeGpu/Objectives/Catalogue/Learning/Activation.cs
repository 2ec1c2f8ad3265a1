using MathNet.Numerics;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>What a unit of a network does with the sum of its inputs.</summary>
internal enum Activation
{
    /// <summary>tanh z; odd.</summary>
    Tanh,

    /// <summary>1/(1 + e⁻ᶻ).</summary>
    Sigmoid,

    /// <summary>max(z, 0).</summary>
    Relu,

    /// <summary>log(1 + eᶻ).</summary>
    Softplus,

    /// <summary>z Φ(z), Φ the normal distribution function: Hendrycks and Gimpel (2016), Gaussian error linear units.</summary>
    Gelu,

    /// <summary>z: a deep linear network.</summary>
    Identity,
}

/// <summary>The formulas of activations.</summary>
internal static class ActivationFormulas
{
    /// <summary>σ(z).</summary>
    public static Real Of(this Activation activation, Real z) => activation switch
    {
        Activation.Tanh => Tanh(z),
        Activation.Sigmoid => Sigmoid(z),
        Activation.Relu => Relu(z),
        Activation.Softplus => Softplus(z),
        Activation.Identity => z,
        _ => z * (0.5 + (0.5 * Erf(z * (1 / Math.Sqrt(2))))),
    };

    /// <summary>σ(z) of a number.</summary>
    public static double Of(this Activation activation, double z) => activation switch
    {
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-z)),
        Activation.Relu => Math.Max(z, 0),
        Activation.Softplus => Math.Log(1 + Math.Exp(z)),
        Activation.Identity => z,
        _ => z * (0.5 + (0.5 * SpecialFunctions.Erf(z / Math.Sqrt(2)))),
    };
}
