namespace LandscapeGpu.Objectives;

// Making one from its formula, or from a model and a loss.
public sealed partial record Objective
{
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
            throw new ArgumentException(FormattableString.Invariant($"The objective {name} was given dimension {dimension}; it needs at least one coordinate."));
        }

        var trace = new Trace();
        return trace.Run(() =>
        {
            var point = new Point("x", dimension);
            var value = formula(point) ?? throw new ArgumentException($"The formula of {name} returned null; it must return the value at x.");
            Definition.Require(value);
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
            var fitted = SplitSums.In(loss(FusedVector.Of(vector)));
            return penalty is null ? fitted : fitted + penalty(x);
        });
        return objective with { Model = new(vector!, Define($"{name} (loss)", vector!.Length, loss), penalty is not null) };
    }

    /// <summary>Defines f = loss(outputs) by a formula of its own, where there is one that takes less computing.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="dimension">The number of parameters x of the model, at least 1.</param>
    /// <param name="formula">f(x) without a penalty; the same number as loss(outputs(x)).</param>
    /// <param name="outputs">The model's outputs for all samples; of several outputs, those of one sample after those of another.</param>
    /// <param name="loss">The loss, over the vector of outputs.</param>
    /// <param name="penalty">A term in the parameters alone, such as a regulariser; null for none.</param>
    /// <exception cref="ArgumentException">The dimension, an index, a constant or data are wrong.</exception>
    /// <exception cref="InvalidOperationException">A formula branches on a symbol with C# <c>if</c>.</exception>
    public static Objective DefineModel(string name, int dimension, Func<Point, Real> formula, Func<Point, Vector> outputs, Func<Vector, Real> loss, Func<Point, Real>? penalty = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(loss);
        Vector? vector = null;
        var objective = Define(name, dimension, x =>
        {
            var value = formula(x);
            vector = OutputsOf(name, outputs, x);
            return penalty is null ? value : value + penalty(x);
        });
        return objective with { Model = new(vector!, Define($"{name} (loss)", vector!.Length, loss), penalty is not null) };
    }

    private static Vector OutputsOf(string name, Func<Point, Vector> outputs, Point x) =>
        outputs(x) ?? throw new ArgumentException($"The outputs of {name} are null; return a vector, such as Vector(samples, k => ...).");
}
