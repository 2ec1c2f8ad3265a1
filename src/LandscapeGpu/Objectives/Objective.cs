namespace LandscapeGpu.Objectives;

/// <summary>A function f: ℝᵈ → ℝ written as its formula, with the region it is explored on.</summary>
/// <remarks>
/// The formula is traced once, when the objective is defined; mistakes in it are reported then. Gradient, Hessian-vector
/// products and everything else are derived from it.
/// </remarks>
public sealed partial record Objective
{
    private readonly Region region = Region.WholeSpace;
    private readonly Trace definition;
    private readonly Real formula;

    private Objective(string name, Point point, Real value, Trace trace)
    {
        Name = name;
        Point = point;
        formula = Value = value;
        definition = trace;
        Parameters = [.. Expressions.Parameters.Of(value)];
    }

    /// <summary>What it is called.</summary>
    public string Name { get; init; }

    /// <summary>The number of coordinates.</summary>
    public int Dimension => Point.Dimension;

    /// <summary>Where it is explored; all of ℝᵈ unless said otherwise.</summary>
    /// <exception cref="ArgumentException">The coordinates are not those of such a set.</exception>
    public Region Region
    {
        get => region;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Require(Dimension);
            if (Equals(region, value))
            {
                return;
            }

            var before = Surface;
            region = value;
            if (Equals(before, Surface))
            {
                return;
            }

            // Programs of another objective are made for its surface.
            (Lender, Replaced) = (null, new Dictionary<Data, Data>());
            // Nodes of the substituted formula stay out of the trace that other copies share.
            var own = definition.Fork();
            Value = own.Run(() => value.Formula(Point) is { } given ? new Rewriting(vectors: new() { [Point] = given }).Apply(formula) : Surface is null ? formula : WithAngles());
            definition = ReferenceEquals(Value, formula) ? definition : own;
        }
    }

    /// <summary>The region, where it is a smooth surface and derivatives are the surface's; null where it has an inside.</summary>
    internal Region? Surface => region.IsSurfaceIn(Dimension) ? region : null;

    /// <summary>Where restarts begin; null for the region's own: uniform on what is bounded, |normal| with deviation 1 in the orthant, normal with deviation 3 where there are no bounds.</summary>
    public Sampler? Starts { get; init; }

    /// <summary>A symmetry whose orbits are counted as one minimum; null for none.</summary>
    public Symmetry? Symmetry { get; init; }

    /// <summary>The symmetry for other values of the parameters; null where it does not depend on them.</summary>
    internal Func<IReadOnlyList<Parameter>, Symmetry?>? SymmetryFor { get; init; }

    /// <summary>Where the formula stands in for the one that is meant, such as inside the core of two atoms that is rounded off; null for nowhere. What is stationary there is no finding.</summary>
    internal Func<IReadOnlyList<double>, bool>? StandsIn { get; init; }

    /// <summary>What the literature says about its minima.</summary>
    public KnownMinima Known { get; init; } = new();

    /// <summary>What theorems about it say in numbers; null where there is nothing.</summary>
    internal Theory? Theory { get; init; }

    /// <summary>What its coordinates are called, one name each, in tables and files; empty for x[0], x[1], ….</summary>
    /// <exception cref="ArgumentException">There are not as many as coordinates, or one is empty or given twice.</exception>
    public IReadOnlyList<string> Names
    {
        get => names;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count > 0 && (value.Count != Dimension || value.Any(string.IsNullOrWhiteSpace) || value.Distinct().Count() < value.Count))
            {
                throw new ArgumentException($"The coordinates of {Name} were given the names {string.Join(", ", value)}; give {Dimension}, each once.");
            }

            names = [.. value];
        }
    }

    private readonly IReadOnlyList<string> names = [];

    /// <summary>What sentences call a coordinate: its own name, or x[i] as in the formula.</summary>
    internal string Called(int coordinate) => names.Count > 0 ? names[coordinate] : FormattableString.Invariant($"x[{coordinate}]");

    /// <summary>A column's name for each coordinate: its own, or x0, x1, ….</summary>
    internal IEnumerable<string> ColumnNames => names.Count > 0 ? names : Numbered;

    /// <summary>The same beside other columns of a table: a coordinate may be called as one of them is; then all are numbered, since readers find columns by their names.</summary>
    internal IEnumerable<string> ColumnNamesBeside(IReadOnlyCollection<string> columns) => names.Any(columns.Contains) ? Numbered : ColumnNames;

    private IEnumerable<string> Numbered => Enumerable.Range(0, Dimension).Select(i => FormattableString.Invariant($"x{i}"));

    /// <summary>Whether its value is the same everywhere, by its formula.</summary>
    internal bool IsConstant => formula.Operation == Operation.Constant;

    /// <summary>What about its data makes an answer doubtful, for people, with what to do; null where nothing does.</summary>
    public string? Doubt { get; init; }

    /// <summary>Where the formula and what is known come from.</summary>
    public string Source { get; init; } = "";

    /// <summary>The parameters the formula names, with their present values.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private init; }

    /// <summary>The outputs and the loss, of an objective made by <c>DefineModel</c>; null for any other.</summary>
    public Model? Model
    {
        get => model?.Of(this);
        private init => model = value;
    }

    private readonly Model? model;

    /// <summary>What minima are judged by beside f, such as the loss on samples that were held out; null for nothing.</summary>
    /// <exception cref="ArgumentException">One has another number of coordinates.</exception>
    public Scores? Scores
    {
        get;
        init => field = value?.For(this);
    }

    /// <summary>Coordinates that belong together, such as a network's layers in the order of computing; empty where nothing is said.</summary>
    public IReadOnlyList<ObjectivePart> Parts { get; init; } = [];

    /// <summary>Of a classifier, what its classes are called, in the order of its outputs; empty where there are none.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The symmetry of the coordinates that move: what is declared, with what the region's own coordinates add.</summary>
    internal Symmetry? MovingSymmetry => region.Lifted(Symmetry);

    /// <summary>A point as the formula is given it, from the coordinates that move.</summary>
    internal double[] Shown(ReadOnlySpan<double> point)
    {
        var shown = region.Shown(point);
        Units.ToShown(shown);
        return shown;
    }

    internal Point Point { get; }

    /// <summary>The value as a function of the coordinates that move.</summary>
    internal Real Value { get; private init; }

    /// <summary>The same objective with another value of a parameter; nothing is compiled again.</summary>
    /// <exception cref="ArgumentException">No such parameter, or the value is not finite.</exception>
    public Objective With(string parameter, double value)
    {
        if (Parameters.All(p => p.Name != parameter))
        {
            throw new ArgumentException(
                $"The objective {Name} has no parameter {parameter}; it has {(Parameters.Count == 0 ? "none" : string.Join(", ", Parameters.Select(p => p.Name)))}.");
        }

        Parameter[] changed = [.. Parameters.Select(p => p.Name == parameter ? new Parameter(parameter, value) : p)];
        return this with
        {
            Parameters = changed,
            Symmetry = Symmetry is null || SymmetryFor is null ? Symmetry : SymmetryFor(changed),
            // What is known was said of the old value; only what the data were made from stays true.
            Known = Parameters.Single(p => p.Name == parameter).Value == value ? Known : new() { Planted = Known.Planted },
            Theory = Parameters.Single(p => p.Name == parameter).Value == value ? Theory : null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Point}) = {formula}";

    /// <inheritdoc/>
    public bool Equals(Objective? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
