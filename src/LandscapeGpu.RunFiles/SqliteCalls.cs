using Microsoft.Data.Sqlite;

namespace LandscapeGpu.RunFiles;

/// <summary>SQL in one line each.</summary>
internal static class SqliteCalls
{
    public static void Execute(this SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement with the parameters of each row: it is compiled once.</summary>
    public static void ExecuteEach(this SqliteConnection connection, string sql, IEnumerable<(string Name, object? Value)[]> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var row in rows)
        {
            for (var k = 0; k < row.Length; k++)
            {
                if (command.Parameters.Count < row.Length)
                {
                    command.Parameters.AddWithValue(row[k].Name, Stored(row[k].Value));
                }
                else
                {
                    command.Parameters[k].Value = Stored(row[k].Value);
                }
            }

            command.ExecuteNonQuery();
        }
    }

    public static long Number(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql, []);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public static string Text(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql, []);
        return command.ExecuteScalar() as string ?? "";
    }

    /// <summary>Rows as they are read: one at a time is in memory.</summary>
    public static IEnumerable<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    private static SqliteCommand Command(this SqliteConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, Stored(value));
        }

        return command;
    }

    /// <summary>SQLite has no NaN: it is a missing number.</summary>
    private static object Stored(object? value) => value is null or double.NaN ? DBNull.Value : value;
}
