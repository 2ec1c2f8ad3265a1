using System.Collections.Concurrent;
using System.Reflection;

namespace LandscapeGpu.Compilation;

/// <summary>Finds the runtime's vector operations by name and parameter types.</summary>
internal static class VectorMethods
{
    private static readonly ConcurrentDictionary<(Type, string, Type, Type?, Type?, int), MethodInfo> Found = new();
    private static readonly ConcurrentDictionary<Type, ILookup<string, MethodInfo>> Generic = new();

    /// <param name="type">The class whose method it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="parameters">The types of its parameters; of more than three, all are alike.</param>
    public static MethodInfo Find(Type type, string name, params Type[] parameters) =>
        Found.GetOrAdd((type, name, parameters[0], parameters.ElementAtOrDefault(1), parameters.ElementAtOrDefault(2), parameters.Length), _ => Search(type, name, parameters));

    /// <summary>The bits of a vector, taken for elements of another type.</summary>
    public static MethodInfo Reinterpret(Type type, Type from, Type to) =>
        Found.GetOrAdd((type, "As", from, to, null, 1), _ => GenericMethods(type)["As"].Single(m => m.GetGenericArguments().Length == 2).MakeGenericMethod(from, to));

    private static ILookup<string, MethodInfo> GenericMethods(Type type) => Generic.GetOrAdd(type, t => t.GetMethods().Where(m => m.IsGenericMethodDefinition).ToLookup(m => m.Name));

    private static MethodInfo Search(Type type, string name, Type[] parameters)
    {
        if (type.GetMethod(name, parameters) is { IsGenericMethodDefinition: false } exact)
        {
            return exact;
        }

        var element = parameters[0].IsGenericType ? parameters[0].GetGenericArguments()[0] : parameters[0];
        return GenericMethods(type)[name]
            .Where(m => m.GetGenericArguments().Length == 1 && m.GetParameters().Length == parameters.Length)
            .Select(m => m.MakeGenericMethod(element))
            .FirstOrDefault(m => m.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters))
            ?? throw new MissingMethodException(type.Name, $"{name}({string.Join<Type>(", ", parameters)})");
    }
}
