namespace LandscapeGpu.Tests.Objectives;

/// <summary>Interval evaluation bounds every objective of the catalogue.</summary>
public class EnclosureTests
{
    public static TheoryData<string> Names => CatalogueMembers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Bounds_on_a_box_hold_the_value_at_every_point_of_it(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var random = new Random(5);
        for (var trial = 0; trial < 60; trial++)
        {
            var centre = CatalogueMembers.RandomPoint(objective, random);
            var radius = Math.Pow(10, -6 * random.NextDouble());
            Interval[] box = [.. centre.Select((c, i) => CatalogueMembers.Side(objective, i) is var (lower, upper)
                ? new Interval(Math.Max(lower, c - (radius * random.NextDouble())), Math.Min(upper, c + (radius * random.NextDouble())))
                : default)];
            var bounds = objective.Evaluate<Interval>(IntervalArithmetic.Instance, box);
            for (var point = 0; point < 5; point++)
            {
                double[] x = [.. box.Select(b => b.Lower + (b.Width * random.NextDouble()))];
                var value = objective.Evaluate(x);
                Assert.True(bounds.Contains(value), $"{name} is {value:R} at a point of a box where its bounds are {bounds}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bounds_at_a_point_are_narrow(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var random = new Random(6);
        for (var trial = 0; trial < 60; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            var bounds = objective.Evaluate<Interval>(IntervalArithmetic.Instance, [.. x.Select(c => (Interval)c)]);
            var value = objective.Evaluate(x);
            Assert.True(bounds.Contains(value));
            // A few hundred operations, each adding a few 1e-16 of numbers of the order of 1 + |f|.
            Assert.InRange(bounds.Width, 0, 1e-11 * (1 + Math.Abs(value)));
        }
    }
}
