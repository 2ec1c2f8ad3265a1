using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Locals that are used again once what they held is no longer needed: the compiler tracks only so many.</summary>
internal sealed class LocalPool(ILGenerator il)
{
    private readonly Dictionary<Type, Queue<LocalBuilder>> free = [];

    public LocalBuilder Take(Type type) =>
        free.TryGetValue(type, out var locals) && locals.Count > 0 ? locals.Dequeue() : il.DeclareLocal(type);

    public void Return(LocalBuilder local)
    {
        if (!free.TryGetValue(local.LocalType, out var locals))
        {
            free.Add(local.LocalType, locals = new());
        }

        locals.Enqueue(local);
    }
}
