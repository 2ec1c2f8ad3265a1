using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace LandscapeGpu.Ilgpu;

/// <summary>Operations that a class has in place of others, which ILGPU does not map or maps wrongly: Emit… writes one for CUDA, and Emit…Source for OpenCL.</summary>
internal static class OwnOperations
{
    private static readonly HashSet<Type> Remapped = [];

    /// <summary>Teaches a context those of a class.</summary>
    /// <param name="context">The context.</param>
    /// <param name="operations">The class: its public methods are the operations, of which those that are marked are written by it.</param>
    /// <param name="replaced">The class whose method of the same name and parameters each stands for.</param>
    public static void Register(Context context, Type operations, Func<MethodInfo, Type> replaced)
    {
        var methods = operations.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name != nameof(Register)).ToList();
        lock (Remapped)
        {
            foreach (var own in Remapped.Add(operations) ? methods : [])
            {
                RemappedIntrinsics.AddRemapping(replaced(own).GetMethod(own.Name, [.. own.GetParameters().Select(p => p.ParameterType)])!, (ref invocation) => invocation.Method = own);
            }
        }

        foreach (var own in methods.Where(m => m.IsDefined(typeof(IntrinsicImplementationAttribute))))
        {
            context.GetIntrinsicManager().RegisterMethod(own, new PTXIntrinsic(operations, $"Emit{own.Name}", IntrinsicImplementationMode.GenerateCode));
            context.GetIntrinsicManager().RegisterMethod(own, new CLIntrinsic(operations, $"Emit{own.Name}Source", IntrinsicImplementationMode.GenerateCode));
        }
    }

    /// <summary>Writes a function of OpenCL with its arguments.</summary>
    public static void Call(CLCodeGenerator.StatementEmitter statement, string function, IEnumerable<VariableAllocator.Variable> arguments)
    {
        statement.AppendCommand(function);
        statement.BeginArguments();
        foreach (var argument in arguments)
        {
            statement.AppendArgument(argument);
        }

        statement.EndArguments();
    }
}
