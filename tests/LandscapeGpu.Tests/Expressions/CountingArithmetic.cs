using System.Reflection;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>Double arithmetic that counts its exponentials.</summary>
public class CountingArithmetic : DispatchProxy
{
    public int Exponentials { get; private set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Exponentials += targetMethod!.Name == nameof(DoubleArithmetic.Exp) ? 1 : 0;
        return targetMethod.Invoke(DoubleArithmetic.Instance, args);
    }
}
