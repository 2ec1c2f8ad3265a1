using System.Collections.Concurrent;
using System.Reflection;

namespace LandscapeGpu.Compilation;

/// <summary>Finds the runtime's vector operations by name and parameter types.</summary>
internal static class VectorMethods
{
    private static readonly ConcurrentDictionary<(Type, string, string), MethodInfo> Found = new();

    public static MethodInfo Find(Type type, string name, params Type[] parameters) =>
        Found.GetOrAdd((type, name, string.Join<Type>(",", parameters)), _ => Search(type, name, parameters));

    private static MethodInfo Search(Type type, string name, Type[] parameters)
    {
        if (type.GetMethod(name, parameters) is { IsGenericMethodDefinition: false } exact)
        {
            return exact;
        }

        var elements = new[] { typeof(float), typeof(double), typeof(int), typeof(long) };
        foreach (var method in type.GetMethods().Where(m => m.Name == name && m.IsGenericMethodDefinition && m.GetGenericArguments().Length == 1))
        {
            foreach (var element in elements)
            {
                var made = method.MakeGenericMethod(element);
                if (made.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters))
                {
                    return made;
                }
            }
        }

        throw new MissingMethodException(type.Name, $"{name}({string.Join<Type>(", ", parameters)})");
    }
}
