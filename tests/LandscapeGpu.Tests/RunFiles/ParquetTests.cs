using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace LandscapeGpu.Tests.RunFiles;

/// <summary>What is exported as Parquet is read again: the numbers are those that JSON has of the same table.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly Folder folder = new();

    [Fact]
    public async Task Parquet_has_the_names_the_rows_and_the_numbers_of_every_table()
    {
        folder.Run("explore", "--formula", "Square(Square(x[0]) - 1) + Square(x[1]) + 0.1*x[0]", "--domain", "-2,2", "--restarts", "300", "--names", "left,right", "--evidence", "--out", "@run.db");
        foreach (var what in new[] { "minima", "endpoints", "saddles", "spectra", "evidence" })
        {
            folder.Run("export", "@run.db", "--what", what, "--to", "@table.json");
            folder.Run("export", "@run.db", "--what", what, "--to", "@table.parquet");
            using var json = JsonDocument.Parse(folder.Bytes("table.json"));
            List<JsonElement> rows = [.. json.RootElement.EnumerateArray()];
            List<JsonElement> read = [.. await Rows(folder["table.parquet"])];
            Assert.Equal(rows.Select(r => r.GetRawText()), read.Select(r => r.GetRawText()));
            Assert.True(what is "saddles" || rows.Count > 0);
        }
    }

    private static async Task<IEnumerable<JsonElement>> Rows(string path)
    {
        var rows = new List<Dictionary<string, object?>>();
        await using var stream = File.OpenRead(path);
        await using var parquet = await ParquetReader.CreateAsync(stream);
        for (var g = 0; g < parquet.RowGroupCount; g++)
        {
            using var group = parquet.OpenRowGroupReader(g);
            var (first, count) = (rows.Count, (int)group.RowCount);
            rows.AddRange(Enumerable.Range(0, count).Select(_ => new Dictionary<string, object?>()));
            foreach (var field in parquet.Schema.DataFields)
            {
                var values = await Column(group, field, count);
                for (var k = 0; k < count; k++)
                {
                    // A number that is none is missing in JSON.
                    rows[first + k][field.Name] = values.GetValue(k) is double.NaN or float.NaN ? null : values.GetValue(k);
                }
            }
        }

        var form = new JsonSerializerOptions();
        return rows.Select(r => JsonSerializer.SerializeToElement(r, form));
    }

    private static async Task<Array> Column(ParquetRowGroupReader group, DataField field, int count)
    {
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var words = new string[count];
            await group.ReadAsync(field, words);
            return words;
        }

        return field.ClrType == typeof(long) ? await Numbers<long>() : field.ClrType == typeof(int) ? await Numbers<int>() : field.ClrType == typeof(float) ? await Numbers<float>() : await Numbers<double>();

        async Task<Array> Numbers<T>()
            where T : struct
        {
            var numbers = new T[count];
            await group.ReadAsync<T>(field, numbers.AsMemory());
            return numbers;
        }
    }

    public void Dispose() => folder.Dispose();
}
