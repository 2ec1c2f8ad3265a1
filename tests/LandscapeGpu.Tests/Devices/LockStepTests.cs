using System.Globalization;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Restarts that step together by products of matrices go where lanes go, whatever the network and the rule.</summary>
public class LockStepTests
{
    private static readonly string[] Networks =
    [
        "loss=2 inputs=9 width=6 classes=4 n=33 decay=0.01",
        "loss=2 inputs=5 width=4 classes=3 layers=2 n=20",
        "inputs=7 width=5 n=19 layers=3 decay=0.1",
        "loss=1 inputs=6 width=8 n=25 activation=2 skip=1",
        "inputs=6 width=5 n=17 layers=2 normalise=1 activation=4",
        "targets=1 inputs=4 width=6 n=18 layers=3 skip=1 classes=3 activation=1",
    ];

    public static TheoryData<string, string, bool> Descents() =>
        Rows.Of(Networks.SelectMany((network, k) => LongTests.Slice(new[] { "gradient-descent", "momentum", "adam", "lbfgs", "rmsprop", "armijo", "adaptive", "nesterov" }, k, 3).Select(rule => (network, rule, k % 2 == 0))));

    [Theory]
    [MemberData(nameof(Descents))]
    public void Restarts_in_lock_step_go_where_lanes_go(string network, string rule, bool isDouble)
    {
        var (objective, options) = (Network(network), new DescentOptions { Rule = Rules.Named(rule), IsDouble = isDouble });
        var device = new ReferenceDevice(1) { ByMatrices = true };
        Assert.IsType<MatrixDescent>(device.Compile(objective, options));
        Parity.Require(objective, options, device, [1, 12]);
    }

    private static Objective Network(string settings) => Catalogue.Find("perceptron").Create(null, settings.Split(' ').Select(s => s.Split('=')).ToDictionary(s => s[0], s => double.Parse(s[1], CultureInfo.InvariantCulture)));
}
