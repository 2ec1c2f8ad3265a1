using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LandscapeGpu.Objectives.Datasets;
using Parquet;
using Parquet.Schema;

namespace LandscapeGpu.RunFiles.Exports;

/// <summary>Writes tables: one chunk is in memory at a time.</summary>
internal static class Export
{
    private static readonly Dictionary<string, Action<ExportTable, Stream>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = Csv,
        [".npy"] = Npy,
        [".parquet"] = (table, stream) => Parquet(table, stream).GetAwaiter().GetResult(),
        [".json"] = Json,
    };

    /// <summary>Writes a file; what was there is kept until all is written.</summary>
    /// <exception cref="RunFileException">It is of no format that can be written, or cannot be written.</exception>
    public static void Write(ExportTable table, string path)
    {
        if (!Formats.TryGetValue(Path.GetExtension(path), out var write))
        {
            throw new RunFileException($"--to was given {path}; its ending says how it is written, and must be {string.Join(", ", Formats.Keys)}.");
        }

        var part = path + ".part";
        try
        {
            using (var stream = new FileStream(part, FileMode.Create, FileAccess.ReadWrite))
            {
                write(table, stream);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RunFileException($"--to was given {path}, which cannot be written ({FileFault.Of(e, path)}); give a file in a folder that exists.");
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static void Csv(ExportTable table, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(string.Join(",", table.Columns.Select(c => CsvFile.Quoted(c.Name))));
        foreach (var chunk in table.Chunks)
        {
            for (var k = 0; k < chunk[0].Length; k++)
            {
                for (var c = 0; c < chunk.Length; c++)
                {
                    writer.Write(c == 0 ? "" : ",");
                    writer.Write(Field(chunk[c], k));
                }

                writer.WriteLine();
            }
        }
    }

    private static string Field(Array column, int k) => column switch
    {
        long[] whole => whole[k].ToString(CultureInfo.InvariantCulture),
        int[] small => small[k].ToString(CultureInfo.InvariantCulture),
        float[] single => single[k].ToString("R", CultureInfo.InvariantCulture),
        double[] real => real[k].ToString("R", CultureInfo.InvariantCulture),
        _ => CsvFile.Quoted(((string[])column)[k]),
    };

    /// <summary>An array of records with the columns as fields, as numpy.load reads it.</summary>
    private static void Npy(ExportTable table, Stream stream)
    {
        var longest = table.LongestWord;
        var fields = string.Join(", ", table.Columns.Select(c => $"('{c.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}', '{(c.Type == typeof(string) ? $"<U{longest}" : c.Type == typeof(long) ? "<i8" : c.Type == typeof(int) ? "<i4" : c.Type == typeof(float) ? "<f4" : "<f8")}')"));
        var header = $"{{'descr': [{fields}], 'fortran_order': False, 'shape': ({table.Rows.ToString(CultureInfo.InvariantCulture)},), }}";
        // Version 2 has four bytes for the header's length, and version 3 names beyond ASCII as well; what precedes the data is a multiple of 64.
        var (version, bytes) = ((byte)(header.All(char.IsAscii) ? 2 : 3), Encoding.UTF8.GetByteCount(header));
        header += new string(' ', (((bytes + 13 + 63) / 64) * 64) - 13 - bytes) + "\n";
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', version, 0]);
        stream.Write(Checksum.Bytes<int>([Encoding.UTF8.GetByteCount(header)]));
        stream.Write(Encoding.UTF8.GetBytes(header));
        using var writer = new BinaryWriter(new BufferedStream(stream, 1 << 20));
        foreach (var chunk in table.Chunks)
        {
            for (var k = 0; k < chunk[0].Length; k++)
            {
                foreach (var column in chunk)
                {
                    switch (column)
                    {
                        case long[] whole: writer.Write(whole[k]); break;
                        case int[] small: writer.Write(small[k]); break;
                        case float[] single: writer.Write(single[k]); break;
                        case double[] real: writer.Write(real[k]); break;
                        case string[] words: writer.Write(Checksum.Bytes<int>(Characters(words[k], longest))); break;
                    }
                }
            }
        }
    }

    private static int[] Characters(string word, int longest)
    {
        var characters = new int[longest];
        var runes = word.EnumerateRunes().Select(r => r.Value).ToArray();
        runes.CopyTo(characters, 0);
        return characters;
    }

    private static async Task Parquet(ExportTable table, Stream stream)
    {
        DataField[] fields = [.. table.Columns.Select(c => new DataField(c.Name, c.Type, isNullable: c.Type == typeof(string)))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        foreach (var chunk in table.Chunks)
        {
            using var group = writer.CreateRowGroup();
            for (var c = 0; c < fields.Length; c++)
            {
                await (chunk[c] switch
                {
                    long[] whole => group.WriteAsync<long>(fields[c], whole),
                    int[] small => group.WriteAsync<int>(fields[c], small),
                    float[] single => group.WriteAsync<float>(fields[c], single),
                    double[] real => group.WriteAsync<double>(fields[c], real),
                    var words => group.WriteAsync(fields[c], (string[])words),
                }).ConfigureAwait(false);
            }

            group.CompleteValidate();
        }
    }

    private static void Json(ExportTable table, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        foreach (var chunk in table.Chunks)
        {
            for (var k = 0; k < chunk[0].Length; k++)
            {
                json.WriteStartObject();
                for (var c = 0; c < chunk.Length; c++)
                {
                    json.WritePropertyName(table.Columns[c].Name);
                    switch (chunk[c].GetValue(k))
                    {
                        case long whole: json.WriteNumberValue(whole); break;
                        case int small: json.WriteNumberValue(small); break;
                        case float single when float.IsFinite(single): json.WriteNumberValue(single); break;
                        case double real when double.IsFinite(real): json.WriteNumberValue(real); break;
                        case string text: json.WriteStringValue(text); break;
                        default: json.WriteNullValue(); break;
                    }
                }

                json.WriteEndObject();
            }

            // What is written lies in memory until then.
            json.Flush();
        }

        json.WriteEndArray();
    }
}
