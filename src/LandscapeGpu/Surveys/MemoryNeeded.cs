namespace LandscapeGpu.Surveys;

/// <summary>What a survey in many coordinates keeps at the least, asked before hours are spent on it.</summary>
internal static class MemoryNeeded
{
    // Polish keeps 20 pairs of L-BFGS, a point, its gradient and some more.
    private const int NumbersOfPolish = 48;

    // Ends of a spectrum: a basis of 120 vectors and the product, beside what a product with the Hessian keeps of the weights.
    private const int NumbersOfEnds = 128;

    /// <exception cref="ArgumentException">There is not so much memory.</exception>
    public static void Require(Objective objective, SurveyOptions options)
    {
        if (objective.Dimension <= LanePolish.MostCoordinates)
        {
            return;
        }

        var atOnce = Math.Min(options.Restarts, options.Threads ?? Environment.ProcessorCount);
        MachineMemory.Require(
            (double)sizeof(double) * objective.Dimension * atOnce * Math.Max(NumbersOfPolish, NumbersOfEnds),
            FormattableString.Invariant($"{objective.Dimension:N0} coordinates with {NumbersOfEnds} numbers of 8 bytes for each, {atOnce} {(atOnce == 1 ? "restart" : "restarts")} at a time,"),
            atOnce == 1 ? "use fewer coordinates, such as a smaller width" : "use fewer threads (1 takes the least), or fewer coordinates, such as a smaller width");
    }
}
