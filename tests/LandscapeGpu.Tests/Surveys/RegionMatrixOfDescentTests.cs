namespace LandscapeGpu.Tests.Surveys;

/// <summary>Every region with descents by several rules.</summary>
public sealed class RegionMatrixOfDescentTests
{
    public static TheoryData<string, int, string?> Cases => RegionMatrixTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Descent_ends_there(string name, int d, string? device)
    {
        var (objective, nearest) = RegionMatrixTests.Made(name, d);
        Device on = device is null ? new LaneDevice() : new ReferenceDevice();
        foreach (var rule in new UpdateRule[] { new Lbfgs(), new GradientDescent { Step = 0.01 }, new Armijo() })
        {
            var ends = on.Compile(objective, new DescentOptions { Rule = rule, IsDouble = true, Stop = new() { Iterations = 2_000 } }).Run(new(objective.DefaultStarts, 1, 0, 4));
            for (var k = 0; k < 4; k++)
            {
                RegionMatrixTests.RequireNear(nearest, objective.Shown(ends.Points.AsSpan(k * d, d)), 1e-3);
            }
        }
    }
}
