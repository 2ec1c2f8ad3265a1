using System.Globalization;
using System.Text.Json;
using LandscapeGpu.RunFiles.Exports;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>What a sweep writes, and how it compares with what it shows.</summary>
public class SweepFileTests
{
    private static readonly SweepOptions Bare = new() { Survey = new() { Restarts = 200 }, Samples = 0 };

    [Fact]
    public void Files_have_all_that_the_table_has_and_say_the_same()
    {
        var found = Sweep.Run(
            "n", [12, 16, 20], n => CatalogueMembers.Find($"glm d=3 n={n}"),
            new() { Survey = new() { Restarts = 12 }, Samples = 35, Paths = 2, DataSets = 2, WithCost = true, WithKernel = true, WithTheory = true, Threshold = new("noise", 0.1, 0.4, (n, _, noise) => CatalogueMembers.Find($"glm d=3 n={n} noise={noise}")) });
        var lines = CsvFields.Of(found.Csv());
        var json = JsonDocument.Parse(EvidenceJson.Write(found)).RootElement.GetProperty("rows");
        Dictionary<string, (string Csv, string[] Json)> names = new()
        {
            ["n"] = ("n", ["value"]),
            ["data set"] = ("data_set", ["data_set"]),
            ["global value"] = ("global_value", ["global_value"]),
            ["reached"] = ("reached_share", []),
            ["95% interval"] = ("reached_low", ["reached_low"]),
            ["within 1e-2"] = ("within_1e-2", ["within_1e-2"]),
            ["1e-4"] = ("within_1e-4", ["within_1e-4"]),
            ["1e-6"] = ("within_1e-6", ["within_1e-6"]),
            ["not at rest"] = ("not_converged", ["not_converged"]),
            ["minima"] = ("minima", ["minima"]),
            ["spurious"] = ("spurious", ["spurious"]),
            ["lowest eigenvalue"] = ("lowest_eigenvalue", ["lowest_eigenvalue"]),
            ["PL μ"] = ("pl_mu", ["pl_mu"]),
            ["τ"] = ("weak_quasi_convexity", ["weak_quasi_convexity"]),
            ["rate"] = ("rate_measured", ["rate", "measured"]),
            ["1 − μ/β"] = ("rate_promised", ["rate", "promised"]),
            ["distance"] = ("distance", ["distance"]),
            ["compiled"] = ("compiled", ["compiled"]),
            ["least noise"] = ("least_noise", ["threshold"]),
            ["steps to 0.01"] = ("steps_1e-2", ["steps", "0"]),
            ["steps to 0.0001"] = ("steps_1e-4", ["steps", "1"]),
            ["steps to 1e-06"] = ("steps_1e-6", ["steps", "2"]),
            ["moved"] = ("kernel_moved", ["kernel", "moved"]),
            ["kernel change"] = ("kernel_change", ["kernel", "change"]),
            ["‖f − g‖"] = ("kernel_linear_error", ["kernel", "linear_error"]),
            ["λmin(K)/n"] = ("kernel_least_eigenvalue", ["kernel", "least_eigenvalue"]),
            ["PL*"] = ("kernel_pl_star", ["kernel", "pl_star"]),
            ["loss"] = ("kernel_loss", ["kernel", "loss"]),
            ["bound by distance"] = ("kernel_distance_bound", ["kernel", "distance_bound"]),
        };
        foreach (var table in EvidenceTables.Theory(found).Prepend(EvidenceTables.Of(found)))
        {
            Assert.All(table.Columns.Select((c, k) => (c.Heading, k)), column =>
            {
                var (name, path) = names.GetValueOrDefault(column.Heading, (column.Heading, []));
                var at = Array.IndexOf(lines[0], name);
                Assert.True(at >= 0, $"{name}: {string.Join(' ', lines[0])}");
                for (var row = 0; row < 6; row++)
                {
                    var (cell, written) = (table.Rows[row][column.k], lines[row + 1][at]);
                    // Shares are shown as percentages, and intervals by both ends.
                    var shown = cell.Split(' ')[^(cell.StartsWith('≤') ? 1 : cell.Split(' ').Length)];
                    if (!shown.EndsWith('%'))
                    {
                        Assert.Equal(shown, written.Length == 0 ? "" : NumberText.Of(double.Parse(written, CultureInfo.InvariantCulture), column.Heading is "global value" ? 7 : 4).Replace("Infinity", "∞", StringComparison.Ordinal));
                    }
                    else if (name != "not_converged")
                    {
                        Assert.Equal(shown, NumberText.Percent(double.Parse(written, CultureInfo.InvariantCulture)));
                    }

                    if (path.Length > 0)
                    {
                        var value = path.Aggregate(json[row], (element, part) => element.ValueKind == JsonValueKind.Array ? element[int.Parse(part)] : element.GetProperty(part));
                        Assert.Equal(written.Replace("Infinity", "", StringComparison.Ordinal), value.ValueKind == JsonValueKind.Null ? "" : value.GetDouble().ToString("R", CultureInfo.InvariantCulture));
                    }
                }
            });
        }
    }

    [Fact]
    public void A_setting_that_is_called_as_a_column_is_has_a_name_of_its_own_in_files()
    {
        var found = Sweep.Run("minima", [1, 2], a => Objective.Define("bowl", 1, x => a * Square(x[0])) with { Region = Region.Box(1, -1, 1) }, Bare);
        Assert.StartsWith("setting minima,", found.Csv(), StringComparison.Ordinal);
        Assert.Equal(found.Csv().Split('\n')[0].Split(',').Length, found.Csv().Split('\n')[0].Split(',').Distinct().Count());
    }
}
