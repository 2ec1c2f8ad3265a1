using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LandscapeGpu.RunFiles;

/// <summary>SQL in one line each.</summary>
internal static class SqliteCalls
{
    public static void Execute(this SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Inserts rows of a table, each with the values of its columns in their order.</summary>
    /// <remarks>By SQLite's own calls: a command looks its parameters up by name for every row, which takes longer than the row.</remarks>
    public static void Insert(this SqliteConnection connection, string table, int columns, IEnumerable<object?[]> rows)
    {
        Require(raw.sqlite3_prepare_v2(connection.Handle, $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Repeat("?", columns))})", out var statement), raw.SQLITE_OK);
        using (statement)
        {
            var bound = new object?[columns];
            foreach (var row in rows)
            {
                for (var k = 0; k < row.Length; k++)
                {
                    // What is bound stays: words that all rows have in common are handed over once.
                    if (row[k] is null || !ReferenceEquals(row[k], bound[k]))
                    {
                        Require(Bind(statement, k + 1, row[k]), raw.SQLITE_OK);
                        bound[k] = row[k];
                    }
                }

                Require(raw.sqlite3_step(statement), raw.SQLITE_DONE);
                raw.sqlite3_reset(statement);
            }
        }

        void Require(int code, int expected)
        {
            if (code != expected)
            {
                SqliteException.ThrowExceptionForRC(code, connection.Handle);
            }
        }
    }

    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null or double.NaN => raw.sqlite3_bind_null(statement, place),
        double real => raw.sqlite3_bind_double(statement, place, real),
        string text => raw.sqlite3_bind_text(statement, place, text),
        byte[] blob => raw.sqlite3_bind_blob(statement, place, blob),
        _ => raw.sqlite3_bind_int64(statement, place, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

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
