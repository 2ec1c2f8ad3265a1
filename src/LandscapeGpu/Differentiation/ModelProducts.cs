namespace LandscapeGpu.Differentiation;

/// <summary>Products with the Jacobian of a model's outputs at one point, in double precision, and with what is made of it: the Gauss–Newton matrix and the tangent kernel.</summary>
internal sealed class ModelProducts : IDisposable
{
    private readonly ModelPrograms programs;
    private readonly Lanes forward;
    private readonly Lanes reverse;
    private readonly PointDerivatives loss;
    private readonly double[] outputs;
    private readonly double[] moved;
    private readonly double[] weighed;
    private bool isReversed;

    public ModelProducts(Objective objective, double[] point, int? bits = null)
    {
        var model = objective.Model ?? throw new ArgumentException($"{objective.Name} does not say what its model's outputs are; define it with Objective.DefineModel.");
        programs = ModelPrograms.Of(objective, bits);
        (forward, reverse) = (new(programs.Forward, objective.Parameters), new(programs.Reverse, objective.Parameters));
        loss = new(model.LossWith(objective.Parameters), bits);
        (outputs, moved, weighed) = (new double[model.Count], new double[model.Count], new double[model.Count]);
        forward.Write(programs.X, 0, point);
        reverse.Write(programs.X, 0, point);
        forward.Run();
        forward.Read(programs.Outputs, 0, outputs);
    }

    /// <summary>y: samples times outputs of each.</summary>
    public IReadOnlyList<double> Outputs => outputs;

    /// <summary>result = Jv.</summary>
    public void Along(ReadOnlySpan<double> v, Span<double> result)
    {
        forward.Write(programs.Direction, 0, v);
        forward.RunAgain();
        forward.Read(programs.Along, 0, result);
    }

    /// <summary>result = Jᵀc.</summary>
    public void Back(ReadOnlySpan<double> c, Span<double> result)
    {
        reverse.Write(programs.Weights, 0, c);
        if (isReversed)
        {
            reverse.RunAgain();
        }
        else
        {
            reverse.Run();
            isReversed = true;
        }

        reverse.Read(programs.Back, 0, result);
    }

    /// <summary>result = JᵀHJ v, H being the Hessian of the loss by the outputs: what is left of the loss's own Hessian where outputs were linear.</summary>
    public void GaussNewton(ReadOnlySpan<double> v, Span<double> result)
    {
        Along(v, moved);
        loss.Product(outputs, moved, weighed);
        Back(weighed, result);
    }

    /// <summary>result = JJᵀ c.</summary>
    public void TangentKernel(ReadOnlySpan<double> c, Span<double> result)
    {
        var back = new double[programs.X.Length];
        Back(c, back);
        Along(back, result);
    }

    /// <summary>result = JᵀJ v, whose eigenvalues other than 0 are those of JJᵀ.</summary>
    public void Gram(ReadOnlySpan<double> v, Span<double> result)
    {
        Along(v, moved);
        Back(moved, result);
    }

    public void Dispose()
    {
        forward.Dispose();
        reverse.Dispose();
        loss.Dispose();
    }
}
