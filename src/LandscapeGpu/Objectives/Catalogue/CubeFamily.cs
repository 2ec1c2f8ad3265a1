namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A family without settings or data: one formula for every dimension, on a cube.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="summary">What it is.</param>
/// <param name="defaultDimension">The dimension used when none is given.</param>
/// <param name="dimensions">The least and greatest dimension.</param>
/// <param name="axis">Where each axis of the cube begins and ends.</param>
/// <param name="source">Where it comes from.</param>
internal abstract class CubeFamily(string name, string summary, int defaultDimension, (int Least, int Most) dimensions, (double Lower, double Upper) axis, string source)
    : Family(name, summary, defaultDimension, dimensions, source)
{
    protected abstract Real Formula(int d, Point x);

    protected abstract KnownMinima Known(int d);

    protected sealed override Objective Build(Choices choices)
    {
        var d = choices.Dimension;
        return Objective.Define(Name, d, x => Formula(d, x)) with { Region = Region.Box(d, axis.Lower, axis.Upper), Known = Known(d) };
    }
}
