using Plumbline.Loop.Home;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Stack;

/// <summary>The stack of the sample <c>digits</c>.</summary>
internal static class DigitsStack
{
    internal static readonly string Yaml = File.ReadAllText(Repository.Path("samples", "digits", "plumbline.yaml"));

    /// <summary>The template of the built CLI.</summary>
    internal static readonly string Digits = LoopTemplate.Of(
        ProjectDescription.Parse(Yaml),
        new ImageContext(Path.GetDirectoryName(Plumb.Program)!).Tag
    );
}
