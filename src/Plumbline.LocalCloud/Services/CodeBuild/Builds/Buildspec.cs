using Plumbline.Aws.Protocols;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>A phase of a buildspec.</summary>
/// <param name="Name">install, pre_build, build or post_build.</param>
/// <param name="Commands">The commands, which run one after the other until one fails.</param>
/// <param name="Finally">The commands that run in any case.</param>
/// <param name="ContinueOnFailure">True if the next phase runs even if this one fails.</param>
internal sealed record BuildspecPhase(
    string Name,
    IReadOnlyList<string> Commands,
    IReadOnlyList<string> Finally,
    bool ContinueOnFailure
);

/// <summary>A buildspec is invalid; the message names its file and line.</summary>
internal sealed class BuildspecException(string message) : Exception(message);

/// <summary>A <c>buildspec.yml</c>, version 0.2: environment variables and phases.</summary>
internal sealed record Buildspec(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<BuildspecPhase> Phases)
{
    private static readonly string[] PhaseNames = ["install", "pre_build", "build", "post_build"];

    // Members without a meaning on one machine are ignored; members that would change the build are refused.
    private static readonly string[] Understood = ["version", "env", "phases"];
    private static readonly string[] PassedOver = ["cache", "reports", "artifacts", "batch", "proxy"];

    /// <summary>True for the name of a phase as builds write it, such as <c>POST_BUILD</c>.</summary>
    public static bool IsPhase(string name) => PhaseNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="BuildspecException">The text is not a valid buildspec.</exception>
    public static Buildspec Parse(string text, string fileName)
    {
        try
        {
            CheckDepth(text, fileName);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
            {
                throw new BuildspecException($"{fileName}: a buildspec must be a mapping with version and phases");
            }

            return Read(root, fileName);
        }
        catch (YamlException exception)
        {
            throw new BuildspecException($"{fileName}:{exception.Start.Line}: {exception.Message}");
        }
    }

    /// <summary>
    /// The parser builds its tree by recursion: a text that is nested too deep would end this process.
    /// </summary>
    private static void CheckDepth(string text, string fileName)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext(); )
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > JsonDepth.Texts)
            {
                throw new BuildspecException(
                    $"{fileName}:{parser.Current.Start.Line}: this is nested deeper than {JsonDepth.Texts} levels"
                );
            }
        }
    }

    private static Buildspec Read(YamlMappingNode root, string fileName)
    {
        foreach (var (key, _) in root)
        {
            if (!Understood.Contains(Text(key)) && !PassedOver.Contains(Text(key)))
            {
                throw At(fileName, key, $"the local cloud does not know '{Text(key)}' in a buildspec");
            }
        }

        if (Child(root, "version") is not { } version || Text(version) != "0.2")
        {
            throw At(fileName, root, "version must be 0.2");
        }

        if (Child(root, "phases") is not YamlMappingNode phases || phases.Children.Count == 0)
        {
            throw At(fileName, root, "phases is missing");
        }

        foreach (var (key, _) in phases)
        {
            if (!PhaseNames.Contains(Text(key)))
            {
                throw At(fileName, key, $"'{Text(key)}' is not a phase: write one of {string.Join(", ", PhaseNames)}");
            }
        }

        return new Buildspec(
            ReadVariables(root, fileName),
            [
                .. PhaseNames
                    .Where(name => Child(phases, name) is YamlMappingNode)
                    .Select(name => ReadPhase(name, phases)),
            ]
        );
    }

    private static Dictionary<string, string> ReadVariables(YamlMappingNode root, string fileName)
    {
        if (Child(root, "env") is not YamlMappingNode environment)
        {
            return [];
        }

        foreach (var (key, _) in environment)
        {
            if (Text(key) is not ("variables" or "shell"))
            {
                throw At(fileName, key, $"the local cloud does not know env/{Text(key)}");
            }
        }

        return Child(environment, "variables") is YamlMappingNode variables
            ? variables.ToDictionary(pair => Text(pair.Key), pair => Text(pair.Value))
            : [];
    }

    private static BuildspecPhase ReadPhase(string name, YamlMappingNode phases)
    {
        var phase = (YamlMappingNode)Child(phases, name)!;
        return new BuildspecPhase(
            name.ToUpperInvariant(),
            Commands(phase, "commands"),
            Commands(phase, "finally"),
            Child(phase, "on-failure") is { } action && Text(action) == "CONTINUE"
        );
    }

    private static IReadOnlyList<string> Commands(YamlMappingNode phase, string name) =>
        Child(phase, name) is YamlSequenceNode commands ? [.. commands.Select(Text)] : [];

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private static string Text(YamlNode node) =>
        node is YamlScalarNode scalar
            ? scalar.Value ?? ""
            : throw new BuildspecException($"line {node.Start.Line}: write a text here, not a list or a mapping");

    private static BuildspecException At(string fileName, YamlNode node, string message) =>
        new($"{fileName}:{node.Start.Line}: {message}");
}
