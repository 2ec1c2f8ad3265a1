using System.Collections.Concurrent;

namespace LandscapeGpu.Objectives;

// The same landscape in other units.
public sealed partial record Objective
{
    // Shared by the copies that `with` makes: formulas of equal units are one, with the programs compiled from them.
    private readonly ConcurrentDictionary<(Units Units, Region Region), (Real Formula, Real Value, Trace Trace)> inUnits = new();

    private Objective(Objective original, Units units, (Real Formula, Real Value, Trace Trace) made)
        : this(original)
    {
        (Units, formula, Value, definition) = (units, made.Formula, made.Value, made.Trace);
        inUnits = new();
        region = original.Region.In(units.Lengths);
        Lender = original.Lender?.InUnits(units);
        // The region's own starts are those of the formula's units.
        Starts = units.Lengths.Length > 0 ? original.ShownStarts.DividedBy(units.Lengths) : original.Scale is null ? original.Starts : original.ShownStarts;
        // What is said about values and places is said in the units of the formula.
        (Known, Scale, ValueScale) = (new(), null, 1);
    }

    /// <summary>
    /// How long a distance is that matters, in each coordinate: 1e-9 for nanometres in metres. Null to take it from the region's size, or from the
    /// spread of the starts. It changes what is computed and nothing about what is meant.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many as coordinates, or one is not positive.</exception>
    public PerCoordinate? Scale
    {
        get => scale;
        init
        {
            for (var i = 0; value is not null && i < (value.Dimension ?? 1); i++)
            {
                if ((value.Dimension is { } own && own != Dimension) || !(value[i] > 0 && double.IsFinite(value[i])))
                {
                    throw new ArgumentException($"The scale of {Name} was given {value}; it must be one positive number, or one for each of its {Dimension} coordinates.");
                }
            }

            scale = value;
        }
    }

    private readonly PerCoordinate? scale;

    /// <summary>How large values are by what the formula is made of, as the squares of data are: what is an ordinary slope is so over these.</summary>
    internal double ValueScale { get; init; } = 1;

    /// <summary>The units that its coordinates and values are in, beside those of the formula it was defined by.</summary>
    internal Units Units { get; } = Units.One;

    /// <summary>f over the point as it was defined; <see cref="Value"/> is over the coordinates that move.</summary>
    internal Real Formula => formula;

    /// <summary>φ(y) = σf(S∘y) on the region in those units.</summary>
    internal Objective InUnits(Units units)
    {
        if (units.IsOne)
        {
            return this;
        }

        return new(this, units, inUnits.GetOrAdd((units, Region), key =>
        {
            var own = definition.Fork();
            var made = own.Run(() =>
            {
                var scaled = Scaled(formula);
                // Of a formula whose region only writes it in another way, as angles of unit vectors, that is what is computed.
                return (scaled, key.Region.Formula(Point) is { } given ? new Rewriting(vectors: new() { [Point] = given }).Apply(scaled) : ReferenceEquals(Value, formula) ? scaled : Scaled(Value));
            });
            return (made.scaled, made.Item2, own);
        }));

        Real Scaled(Real f)
        {
            var inUnits = units.Lengths.Length == 0 ? f : new Rewriting(vectors: new() { [Point] = Stretched(units) }).Apply(f);
            return units.Value == 1 ? inUnits : units.Value * inUnits;
        }
    }

    private Vector Stretched(Units units)
    {
        if (units.AreAlike)
        {
            return Vector(Dimension, i => units.Length(0) * Point[i]);
        }

        var lengths = new Data("units", units.Lengths);
        return Vector(Dimension, i => lengths[i] * Point[i]);
    }
}
