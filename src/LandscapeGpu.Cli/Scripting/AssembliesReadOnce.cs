using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>Finds assemblies for scripts as ever, but reads what all of them need once in a process: the compiler reads some dozen megabytes of files anew for each.</summary>
internal sealed class AssembliesReadOnce : MetadataReferenceResolver
{
    private readonly MetadataReferenceResolver finder = ScriptOptions.Default.MetadataResolver;
    private readonly ConcurrentDictionary<AssemblyIdentity, PortableExecutableReference?> read = new();

    private AssembliesReadOnce()
    {
    }

    public static AssembliesReadOnce Instance { get; } = new();

    public override bool ResolveMissingAssemblies => finder.ResolveMissingAssemblies;

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        read.GetOrAdd(referenceIdentity, identity => finder.ResolveMissingAssembly(definition, identity));

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        finder.ResolveReference(reference, baseFilePath, properties);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => finder.GetHashCode();
}
