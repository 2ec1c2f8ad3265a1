using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Devices;

/// <summary>Shows what will run.</summary>
public static class Explanation
{
    /// <summary>The formula, its domain, and the program of one plain gradient step as this machine will run it.</summary>
    /// <param name="objective">What is explained.</param>
    /// <param name="options">The descent whose step is shown; null for plain gradient descent.</param>
    public static string Explain(this Objective objective, DescentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new DescentOptions { Rule = new GradientDescent() };
        return $"{objective}\non {objective.Domain}\n\n{new LaneDevice().Explain(objective, options)}";
    }
}
