using LandscapeGpu.Differentiation;

namespace LandscapeGpu.Surveys;

/// <summary>Derivatives and what follows from them at points that a survey found.</summary>
public static class DerivativesAtPoints
{
    /// <summary>The Hessian at a point that was found.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The point.</param>
    public static double[,] Hessian(this Objective objective, StationaryPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return objective.Hessian([.. point.Point]);
    }

    /// <summary>The covariance of the fitted parameters at a minimum that was found, where the objective is a sum of squares.</summary>
    /// <param name="objective">The fit.</param>
    /// <param name="minimum">The minimum.</param>
    /// <inheritdoc cref="FitCovariance.Covariance"/>
    public static double[,] Covariance(this Objective objective, StationaryPoint minimum)
    {
        ArgumentNullException.ThrowIfNull(minimum);
        return objective.Covariance([.. minimum.Point]);
    }

    /// <summary>What the model gives with the parameters of a minimum that was found.</summary>
    /// <param name="model">The model.</param>
    /// <param name="minimum">The minimum.</param>
    public static double[] Outputs(this Model model, StationaryPoint minimum)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(minimum);
        return model.Outputs([.. minimum.Point]);
    }
}
