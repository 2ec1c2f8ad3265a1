using System.Globalization;
using LandscapeGpu.Descent;
using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

/// <summary>1 − k/n after k of n steps, and a hundredth from there on: a schedule of one's own. That n is tunable, another n compiles nothing.</summary>
public sealed record LinearDecay(int Steps) : Schedule
{
    public override IEnumerable<(string Name, double Value)> Tunable => [("schedule.length", Steps)];

    public override Schedule Shape => new LinearDecay(1);

    public override Real Factor(Real k, Func<string, Real> number) => Max(0.01, 1 - (k / number("schedule.length")));

    public override string ToString() => $"linear:{Steps.ToString(CultureInfo.InvariantCulture)}";
}
