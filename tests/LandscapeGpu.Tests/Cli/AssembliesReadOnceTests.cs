using LandscapeGpu.Cli.Scripting;
using Microsoft.CodeAnalysis;

namespace LandscapeGpu.Tests.Cli;

public class AssembliesReadOnceTests
{
    [Fact]
    public void An_assembly_that_two_scripts_need_is_read_once()
    {
        var given = MetadataReference.CreateFromFile(typeof(Objective).Assembly.Location);
        var needed = new AssemblyIdentity("System.Runtime", new Version(10, 0, 0, 0));
        var found = AssembliesReadOnce.Instance.ResolveMissingAssembly(given, needed);
        Assert.NotNull(found);
        Assert.Same(found, AssembliesReadOnce.Instance.ResolveMissingAssembly(given, needed));
    }
}
