namespace LandscapeGpu.Tests.Surveys;

/// <summary>Every region with verification and comparison.</summary>
public sealed class RegionMatrixOfEvidenceTests
{
    /// <summary>A region is verified in few coordinates on one device, the next in many on the other, and so on; each in both on both in long tests.</summary>
    public static TheoryData<string, int, string?> Verified
    {
        get
        {
            var data = new TheoryData<string, int, string?>();
            foreach (var (region, row) in RegionMatrixTests.Regions.Keys.Select((r, k) => (r, k)))
            {
                foreach (var (d, device) in LongTests.Slice<(int, string?)>([(6, null), (RegionMatrixTests.Many, "reference"), (6, "reference"), (RegionMatrixTests.Many, null)], row, 4))
                {
                    data.Add(region, d, device);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Verified))]
    public void Verification_and_comparison_agree_on_the_value(string name, int d, string? device)
    {
        var (objective, nearest) = RegionMatrixTests.Made(name, d);
        var value = objective.Evaluate(nearest);
        // Saddles are searched for in few coordinates only; of many, every point looked at takes a dense Hessian or dozens of products.
        var verified = Verification.Of(objective, new() { Survey = new() { Restarts = 12, Device = device }, SaddleStarts = d == RegionMatrixTests.Many ? 0 : 20, Samples = d == RegionMatrixTests.Many ? 2 : 14, Paths = 0 });
        Assert.Equal(value, verified.LocalVersusGlobal.Global.Value, 1e-9);

        var compared = Comparison.Run(objective, new() { Restarts = 4, PlateauStarts = 0, Device = device, Contenders = new ContenderGrid { Common = new() { IsDouble = true, Stop = new() { Iterations = 2_000 } }, Rules = [new Lbfgs(), new GradientDescent { Step = 0.01 }] }.All() });
        Assert.Equal(value, compared.Global.Value, 1e-9);
        Assert.All(compared.Results, r => Assert.True(r.Reached.Count > 0, $"{r.Contender} did not reach it on {name}, d = {d}"));
    }
}
