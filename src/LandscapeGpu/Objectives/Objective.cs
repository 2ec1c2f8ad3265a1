using System.Collections.Concurrent;
using LandscapeGpu.Arithmetic;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives.Symmetries;
using LandscapeGpu.Starts;

namespace LandscapeGpu.Objectives;

/// <summary>A function f: ℝᵈ → ℝ written as its formula, with the domain it is explored on.</summary>
/// <remarks>
/// The formula is traced once, when the objective is defined; mistakes in it are reported then. Gradient, Hessian-vector
/// products and everything else are derived from it.
/// </remarks>
public sealed record Objective
{
    private readonly Domain domain = Domain.Unbounded;
    private readonly Manifold? manifold;
    private readonly int? samples;
    private readonly Trace definition;
    private readonly Real formula;

    // Shared by the copies that `with` makes: they have the same nodes.
    private readonly ConcurrentDictionary<object, Schedule> schedules = new(ReferenceEqualityComparer.Instance);

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
    /// <exception cref="ArgumentException">The domain has another dimension.</exception>
    public Domain Domain
    {
        get => domain;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Require(Dimension);
            domain = value;
            RequireOneSet();
        }
    }

    /// <summary>A smooth set that the point is kept on, such as a sphere; null for none.</summary>
    /// <exception cref="ArgumentException">The coordinates are not those of such a set.</exception>
    public Manifold? Manifold
    {
        get => manifold;
        init
        {
            value?.Require(Dimension);
            if (Equals(manifold, value))
            {
                return;
            }

            manifold = value;
            RequireOneSet();
            // Programs of another objective are made for its set.
            (Lender, Replaced) = (null, new Dictionary<Data, Data>());
            // Nodes of the substituted formula stay out of the trace that other copies share.
            var own = definition.Fork();
            Value = own.Run(() => value?.Formula(Point) is { } given ? new Rewriting(vectors: new() { [Point] = given }).Apply(formula) : formula);
            definition = ReferenceEquals(Value, formula) ? definition : own;
        }
    }

    /// <summary>The manifold or the domain, in words.</summary>
    public string Region => manifold?.ToString() ?? domain.ToString();

    /// <summary>Where restarts begin; null for uniform on the manifold, in the box or ball, |normal| with deviation 1 in the orthant, or normal with deviation 3 where the domain is unbounded.</summary>
    public Sampler? Starts { get; init; }

    /// <summary>A symmetry whose orbits are counted as one minimum; null for none.</summary>
    public Symmetry? Symmetry { get; init; }

    /// <summary>The symmetry for other values of the parameters; null where it does not depend on them.</summary>
    internal Func<IReadOnlyList<Parameter>, Symmetry?>? SymmetryFor { get; init; }

    /// <summary>What the literature says about its minima.</summary>
    public KnownMinima Known { get; init; } = new();

    /// <summary>Where the formula and what is known come from.</summary>
    public string Source { get; init; } = "";

    /// <summary>The parameters the formula names, with their present values.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private init; }

    /// <summary>The outputs and the loss, of an objective made by <c>DefineModel</c>; null for any other.</summary>
    public Model? Model { get; private init; }

    /// <summary>
    /// The number n of samples, where f(x) = Σₖ fₖ(x) + r(x) is a sum or mean over samples k = 0 … n−1 and terms r without them; null
    /// where it is not. Found in the formula: the sum whose terms read data by its index. Where several of different lengths do,
    /// it is null until set to the length of the one that is meant.
    /// </summary>
    /// <exception cref="ArgumentException">No sum that the value is linear in has so many terms.</exception>
    public int? Samples
    {
        get => FiniteSum.Of(Value, samples)?.Count;
        init => samples = value is null || FiniteSum.Of(Value, value) is not null ? value : throw new ArgumentException(
            $"The objective {Name} was said to have {value} samples; it is not linear in a sum over so many terms.");
    }

    /// <summary>The sampler that is used, of coordinates that move: the objective's own, or its set's.</summary>
    internal Sampler DefaultStarts => StartsFrom(null);

    /// <summary>A sampler of coordinates that move, from one of points as the formula is given them; null for the default.</summary>
    internal Sampler StartsFrom(Sampler? given)
    {
        if (manifold is null)
        {
            return given ?? ShownStarts;
        }

        if (given is not null)
        {
            RequireOnManifold(given);
        }

        return manifold.Lifted(given ?? ShownStarts);
    }

    /// <summary>The default sampler, of points as the formula is given them.</summary>
    internal Sampler ShownStarts => Starts ?? Domain switch
    {
        _ when manifold is not null => manifold.Starts,
        Domain.BoxDomain { IsBounded: false } => new HalfNormal(),
        Domain.BoxDomain box => new UniformBox([.. box.Lower], [.. box.Upper]),
        Domain.BallDomain ball => new UniformBall(ball.Radius),
        _ => new Gaussian(3),
    };

    private void RequireOneSet()
    {
        if (manifold is not null && domain is not Domain.WholeSpace)
        {
            throw new ArgumentException($"{Name} was given both a manifold and a domain, {manifold} and {domain}; give one of them.");
        }
    }

    /// <summary>Refuses starts that are not on the manifold, by looking at the first ones.</summary>
    private void RequireOnManifold(Sampler starts)
    {
        const int Looks = 64;
        // Three digits are enough to begin with: the first step puts the point on the set.
        const double Slack = 1e-3;
        var point = new double[Dimension];
        for (var k = 0; k < Looks; k++)
        {
            starts.Draw(0, k, point);
            var violation = manifold!.Violation(point);
            if (!(violation <= Slack))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{Name} is defined on {manifold}, and start {k} ({starts.Describe()}) misses that set by {violation:G3}; give points of it, or leave the starts out to begin {manifold.Starts.Describe()}."));
            }
        }
    }

    /// <summary>The symmetry of the coordinates that move: what is declared, with what the manifold's own coordinates add.</summary>
    internal Symmetry? MovingSymmetry => manifold is null ? Symmetry : manifold.Lifted(Symmetry);

    /// <summary>A point as the formula is given it, from the coordinates that move.</summary>
    internal double[] Shown(ReadOnlySpan<double> point) => manifold is null ? point.ToArray() : manifold.Shown(point);

    internal Point Point { get; }

    /// <summary>The objective that this one is run by; null for itself.</summary>
    private Objective? Lender { get; init; }

    /// <summary>The value as a function of the coordinates that move.</summary>
    internal Real Value { get; private init; }

    /// <summary>
    /// A trace to derive and compile in. Every one begins from the formula as it was defined: nodes of earlier compilations would
    /// change the order that commutative operands are kept in, and with it the rounding.
    /// </summary>
    internal Trace Trace => definition.Fork(KeepsData);

    /// <summary>The objective whose formula is compiled to run this one, on this one's domain.</summary>
    internal Objective Compiled => Lender is null ? this : Lender with { Domain = Domain, Manifold = Manifold, KeepsData = true };

    /// <summary>For the data that <see cref="Compiled"/> names, those that take their place.</summary>
    internal IReadOnlyDictionary<Data, Data> Replaced { get; private init; } = new Dictionary<Data, Data>();

    /// <summary>Whether programs read all data from memory, so that other data can take their place.</summary>
    internal bool KeepsData { get; private init; }

    /// <summary>Defines an objective.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="dimension">The number of coordinates, at least 1.</param>
    /// <param name="formula">The formula, over a symbolic point.</param>
    /// <exception cref="ArgumentException">The dimension, an index, a constant or data are wrong.</exception>
    /// <exception cref="InvalidOperationException">The formula branches on a symbol with C# <c>if</c>.</exception>
    public static Objective Define(string name, int dimension, Func<Point, Real> formula)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(formula);
        if (dimension < 1)
        {
            throw new ArgumentException($"The objective {name} was given dimension {dimension}; it needs at least one coordinate.");
        }

        var trace = new Trace();
        return trace.Run(() =>
        {
            var point = new Point("x", dimension);
            var value = formula(point) ?? throw new ArgumentException($"The formula of {name} returned null; it must return the value at x.");
            IndexBounds.Require(value);
            return new Objective(name, point, value, trace);
        });
    }

    /// <summary>Defines f(x) = loss(outputs(x)) + penalty(x), and keeps the outputs for what theory asks about models.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="dimension">The number of parameters x of the model, at least 1.</param>
    /// <param name="outputs">The model's outputs for all samples, over a symbolic point.</param>
    /// <param name="loss">The loss, over the vector of outputs; data such as labels are read by index.</param>
    /// <param name="penalty">A term in the parameters alone, such as a regulariser; null for none.</param>
    /// <exception cref="ArgumentException">The dimension, an index, a constant or data are wrong.</exception>
    /// <exception cref="InvalidOperationException">A formula branches on a symbol with C# <c>if</c>.</exception>
    public static Objective DefineModel(string name, int dimension, Func<Point, Vector> outputs, Func<Vector, Real> loss, Func<Point, Real>? penalty = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(loss);
        Vector? vector = null;
        var objective = Define(name, dimension, x =>
        {
            vector = OutputsOf(name, outputs, x);
            var fitted = loss(PassedOn.Of(vector));
            return penalty is null ? fitted : fitted + penalty(x);
        });
        return objective with { Model = new(vector!, Define($"{name} (loss)", vector!.Length, loss), penalty is not null) };
    }

    /// <summary>The mean over some of the samples in place of all of them: (n/m) Σ fₖ(x) over the m given k, + r(x).</summary>
    /// <param name="samples">Which, 0 ≤ k &lt; n; one that is given twice counts twice.</param>
    /// <exception cref="ArgumentException">The objective is no sum over samples, or none or wrong ones are given.</exception>
    public Objective Over(IReadOnlyList<int> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var trace = Trace;
        var value = trace.Run(() =>
        {
            // In the formula's own coordinates: a manifold's are put in when it is set.
            var sum = FiniteSum.Of(formula, this.samples) ?? RequireSamples();
            var batch = new IndexData("batch", samples);
            return samples.Count > 0 && batch.Least >= 0 && batch.Greatest < sum.Count
                ? sum.Over(samples.Count, position => batch[position])
                : throw new ArgumentException(
                    $"The objective {Name} has samples 0 to {sum.Count - 1} and was asked for {(samples.Count == 0 ? "none" : $"{batch.Least} to {batch.Greatest}")}; give at least one, all of those.");
        });
        return new(Name, Point, value, trace) { Parameters = Parameters, Domain = Domain, Manifold = Manifold, Starts = Starts, Source = Source };
    }

    /// <exception cref="ArgumentException">The objective is no sum over samples.</exception>
    internal FiniteSum RequireSamples() => FiniteSum.Of(Value, samples) ?? throw new ArgumentException(
        FiniteSum.Lengths(Value) is { Count: > 1 } lengths
            ? $"The objective {Name} has sums over {string.Join(" and ", lengths)} terms that read data; say which are the samples, as in `with {{ Samples = {lengths[0]} }}`."
            : $"The objective {Name} is no sum over samples: its value would have to be linear in a Sum or Mean whose terms read data by its index.");

    /// <summary>Defines f = loss(outputs) by a formula of its own, where there is one that takes less computing.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="dimension">The number of parameters x of the model, at least 1.</param>
    /// <param name="formula">f(x); the same number as loss(outputs(x)).</param>
    /// <param name="outputs">The model's outputs for all samples.</param>
    /// <param name="loss">The loss, over the vector of outputs.</param>
    /// <exception cref="ArgumentException">The dimension, an index, a constant or data are wrong.</exception>
    /// <exception cref="InvalidOperationException">A formula branches on a symbol with C# <c>if</c>.</exception>
    public static Objective DefineModel(string name, int dimension, Func<Point, Real> formula, Func<Point, Vector> outputs, Func<Vector, Real> loss)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(loss);
        Vector? vector = null;
        var objective = Define(name, dimension, x =>
        {
            var value = formula(x);
            vector = OutputsOf(name, outputs, x);
            return value;
        });
        return objective with { Model = new(vector!, Define($"{name} (loss)", vector!.Length, loss), isPenalised: false) };
    }

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
        };
    }

    /// <summary>
    /// The same objective, run by the programs of another whose formula differs from this one's only in the numbers that its data and
    /// parameters hold: what has been compiled for the other is not compiled again. Null where they differ in more.
    /// </summary>
    /// <remarks>
    /// For families of landscapes over data: give all members the programs of the first, the first itself as well, since programs that are
    /// shared read their data where others may have it built in.
    /// </remarks>
    /// <param name="other">The objective to run as; itself for the first of a family.</param>
    public Objective? WithProgramsOf(Objective other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var source = other.Lender ?? other;
        return Equals(source.manifold, manifold) && SameFormula.Replacements(source.Value, Value) is { } replaced ? this with { Lender = source, Replaced = replaced } : null;
    }

    /// <summary>f(x), by interpreting the formula: slow and sure.</summary>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public double Evaluate(ReadOnlySpan<double> x) => Evaluate(DoubleArithmetic.Instance, x);

    /// <summary>f(x) in another arithmetic; in <see cref="IntervalArithmetic"/>, bounds of f on a box.</summary>
    /// <param name="arithmetic">What + and the other operations mean.</param>
    /// <param name="x">A coordinate for each dimension.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public T Evaluate<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x) => Interpret(arithmetic, x, formula)[formula];

    /// <summary>The elements of a vector derived from this objective, such as its gradient, at x.</summary>
    internal T[] Evaluate<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x, Vector derived) => Interpret(arithmetic, x, derived)[derived];

    /// <summary>The value of a real derived from this objective at x.</summary>
    internal T Evaluate<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x, Real derived) => Interpret(arithmetic, x, derived)[derived];

    public override string ToString() => $"{Name}({Point}) = {formula}";

    public bool Equals(Objective? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static Vector OutputsOf(string name, Func<Point, Vector> outputs, Point x) =>
        outputs(x) ?? throw new ArgumentException($"The outputs of {name} are null; return a vector, such as Vector(samples, k => ...).");

    private Interpreter<T> Interpret<T>(IArithmetic<T> arithmetic, ReadOnlySpan<T> x, object root)
    {
        ArgumentNullException.ThrowIfNull(arithmetic);
        return x.Length != Dimension
            ? throw new ArgumentException($"The objective {Name} was given a point of {x.Length} coordinates; it has {Dimension}.")
            : new(arithmetic, schedules.GetOrAdd(root, r => new Schedule(r)), new()
            {
                Points = new Dictionary<Point, T[]> { [Point] = x.ToArray() },
                Parameters = Parameters,
            });
    }
}
