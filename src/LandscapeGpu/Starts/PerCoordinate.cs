using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>A finite number for every coordinate, or one number for all of them in any dimension.</summary>
/// <remarks>Made from a number, an array or a collection expression; immutable (arrays are copied), equal by its values.</remarks>
[CollectionBuilder(typeof(PerCoordinate), nameof(Create))]
public sealed class PerCoordinate : IEquatable<PerCoordinate>
{
    private readonly double[] _values;

    // 1 walks through the values, 0 stays on the only one: the indexer needs no branch.
    private readonly int _stride;

    private PerCoordinate(double[] values, int stride) => (_values, _stride) = (values, stride);

    /// <summary>How many coordinates it has values for; null where one number serves any dimension.</summary>
    public int? Dimension => _stride == 0 ? null : _values.Length;

    /// <summary>The number of coordinate i, counted from 0.</summary>
    public double this[int i] => _values[i * _stride];

    /// <summary>The same number for all coordinates.</summary>
    public static implicit operator PerCoordinate(double value) => new([value], 0);

    /// <summary>A number for each coordinate.</summary>
    public static implicit operator PerCoordinate(double[] values) => Create(values);

    /// <summary>One value per coordinate, in order.</summary>
    public static PerCoordinate Create(params ReadOnlySpan<double> values) => new(values.ToArray(), 1);

    /// <summary>The same value in each of <paramref name="dimension"/> coordinates.</summary>
    public static PerCoordinate Repeat(double value, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var values = new double[dimension];
        Array.Fill(values, value);
        return new(values, 1);
    }

    /// <summary>The values: one per coordinate, or the single one for all.</summary>
    public ReadOnlySpan<double> AsSpan() => _values;

    /// <summary>The numbers one after the other.</summary>
    public ReadOnlySpan<double>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(PerCoordinate? other) =>
        other is not null && _stride == other._stride && AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PerCoordinate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Short: numbers to six digits, and a long list by its ends.</summary>
    public override string ToString() => this switch
    {
        { _stride: 0 } => SamplerText.Of(_values[0]),
        { _values.Length: <= 4 } => $"({string.Join(", ", _values.Select(SamplerText.Of))})",
        _ => $"({SamplerText.Of(_values[0])}, {SamplerText.Of(_values[1])}, …, {SamplerText.Of(_values[^1])})",
    };

    internal PerCoordinate Times(double factor) => new([.. _values.Select(v => factor * v)], _stride);

    internal PerCoordinate DividedBy(double[] lengths) => new([.. lengths.Select((s, i) => this[i] / s)], 1);

    internal void RequireFinite(string name)
    {
        if (_values.Length == 0)
        {
            throw new ArgumentException($"{name} has no values: give one number, or one per coordinate.", name);
        }

        for (var i = 0; i < _values.Length; i++)
        {
            if (!double.IsFinite(_values[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"{NameOf(name, i)} is {_values[i]}: give finite numbers."), name);
            }
        }
    }

    /// <summary>The dimension two of them have together, or null where both are for any; throws where they differ.</summary>
    internal static int? CommonDimension(PerCoordinate first, string firstName, PerCoordinate second, string secondName)
    {
        if (first.Dimension is { } a && second.Dimension is { } b && a != b)
        {
            throw new ArgumentException(
                $"{firstName} has {a} values and {secondName} has {b}: give as many of each, or a single number for all coordinates.",
                secondName);
        }

        return first.Dimension ?? second.Dimension;
    }

    internal string NameOf(string name, int i) => _stride == 0 ? name : $"{name}[{i}]";
}
