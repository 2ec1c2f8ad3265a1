namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ 1/(‖x − aₖ‖² + cₖ), k = 1 … m: m foxholes in four dimensions.</summary>
internal sealed class Shekel() : Family(
    "shekel", "m foxholes of unequal depth and width", 4,
    "Shekel (1971), Test functions for multimodal search techniques, Fifth Annual Princeton Conference on Information Science and Systems; " +
    "constants: Dixon and Szegő (1978), The global optimization problem: an introduction, in Towards Global Optimisation 2, North-Holland, 1")
{
    private static readonly double[] Widths = [0.1, 0.2, 0.2, 0.4, 0.4, 0.6, 0.3, 0.7, 0.5, 0.5];

    // The third and fourth coordinates repeat the first two, except in the seventh.
    private static readonly double[][] Centres =
    [
        [4, 4, 4, 4], [1, 1, 1, 1], [8, 8, 8, 8], [6, 6, 6, 6], [3, 7, 3, 7],
        [2, 9, 2, 9], [5, 5, 3, 3], [8, 1, 8, 1], [6, 2, 6, 2], [7, 3.6, 7, 3.6],
    ];

    public override IReadOnlyList<Setting> Settings => [new("m", 5, "the number of foxholes: 5, 7 or 10")];

    protected override Objective Build(Choices choices)
    {
        var m = choices["m"] is 5 or 7 or 10
            ? (int)choices["m"]
            : throw new ArgumentException(FormattableString.Invariant($"{Name} was given m={choices["m"]}; the literature has 5, 7 and 10 foxholes."));
        var a = new Data("a", Centres[..m]);
        var c = new Data("c", [.. Widths.Take(m)]);
        return Objective.Define(Name, 4, x => -Sum(m, k => 1 / (Sum(4, j => Square(x[j] - a[k, j])) + c[k]))) with
        {
            Region = Region.Box(4, 0, 10),
            Known = new()
            {
                Count = m,
                GlobalValue = m switch { 5 => -10.15319968, 7 => -10.40294057, _ => -10.53640982 },
                ValueError = 1e-8,
                Points = m switch
                {
                    5 => [[4.000037, 4.000133, 4.000037, 4.000133]],
                    7 => [[4.000573, 4.000689, 3.999490, 3.999606]],
                    _ => [[4.000747, 4.000593, 3.999663, 3.999510]],
                },
                PointError = 1e-6,
            },
        };
    }
}
