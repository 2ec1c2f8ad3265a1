using LandscapeGpu.Surveys;
using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>The stationary points of a run's last result.</summary>
internal static class PointTable
{
    public static readonly string[] Names = ["minima", "boundary", "kink", "stationary"];

    public static IEnumerable<(string Name, IReadOnlyList<StationaryPoint> Points)> Lists(SurveyResult result) =>
        Names.Zip([result.Minima, result.BoundaryMinima, result.KinkMinima, result.Stationary]);

    private static RecordedPoint Recorded(StationaryPoint p) =>
        new(p.Kind.ToString(), p.Value, p.Count, p.Share, p.ShareLow, p.ShareHigh, p.GradientNorm, p.Index, p.FlatDirections, p.Places, p.Point, p.Eigenvalues);

    public static void Write(SqliteConnection connection, long seed, string list, IReadOnlyList<StationaryPoint> points)
    {
        connection.Execute("DELETE FROM point WHERE list = $list", ("$list", list));
        var checksum = new Checksum(seed);
        connection.Insert("point", 15, points.Select((p, k) => Row(checksum, list, k + 1, Recorded(p))));
    }

    private static object?[] Row(Checksum checksum, string list, long number, RecordedPoint p)
    {
        var (place, spectrum) = (Bytes(p.Point), Bytes(p.Eigenvalues));
        return
        [
            list, number, p.Kind, p.Value, p.Count, p.Share, p.ShareLow, p.ShareHigh, p.GradientNorm, p.Index, p.FlatDirections, p.Places, place, spectrum,
            Hash(checksum, list, number, p, place, spectrum),
        ];

        static byte[] Bytes(IReadOnlyList<double> numbers) => Checksum.Bytes<double>(numbers as double[] ?? [.. numbers]);
    }

    public static IReadOnlyList<RecordedPoint> Read(SqliteConnection connection, long seed, string list, int dimension, string path, int count)
    {
        var damaged = new RunFileException($"{path} is damaged: a point of its {list} is not as it was written.");
        var checksum = new Checksum(seed);
        var points = connection.Rows("SELECT * FROM point WHERE list = $list ORDER BY number", r =>
        {
            double Real(int column) => r.IsDBNull(column) ? double.NaN : r.GetDouble(column);
            var (place, spectrum) = (BatchTable.Blob(r, 12), BatchTable.Blob(r, 13));
            if (place.Length % 8 != 0 || spectrum.Length % 8 != 0)
            {
                throw damaged;
            }

            var p = new RecordedPoint(
                r.GetString(2), Real(3), r.GetInt64(4), Real(5), Real(6), Real(7), Real(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11),
                Checksum.Numbers<double>([.. place]), Checksum.Numbers<double>([.. spectrum]));
            return Hash(checksum, list, r.GetInt64(1), p, place, spectrum).AsSpan().SequenceEqual(BatchTable.Blob(r, 14)) ? p : throw damaged;
        }, ("$list", list)).ToList();
        return points.Count == count ? points : throw new RunFileException($"{path} is damaged: it has {points.Count} of {count} points of its {list}.");
    }

    private static byte[] Hash(Checksum checksum, string list, long number, RecordedPoint p, byte[] place, byte[] spectrum) => checksum
        .Add(list).Add(number).Add(p.Kind).Add(p.Value).Add(p.Count).Add(p.Share).Add(p.ShareLow).Add(p.ShareHigh).Add(p.GradientNorm)
        .Add(p.Index).Add(p.FlatDirections).Add(p.Places).Add(place).Add(spectrum).Take();
}
