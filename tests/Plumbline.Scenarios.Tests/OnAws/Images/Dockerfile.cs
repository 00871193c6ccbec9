namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <param name="Place">File and line.</param>
/// <param name="Keyword">Such as RUN.</param>
/// <param name="Text">The rest of the instruction, with its lines joined.</param>
internal sealed record Instruction(string Place, string Keyword, string Text);

/// <summary>A FROM with the instructions behind it.</summary>
/// <param name="Base">The base image.</param>
/// <param name="Name">The name for other stages; null for the last stage.</param>
/// <param name="Steps">The instructions after FROM.</param>
internal sealed record Stage(Instruction From, string Base, string? Name, IReadOnlyList<Instruction> Steps);

/// <summary>
/// Reads the part of Docker's language that the Dockerfiles of <c>infra/images</c> use; anything else is an error.
/// </summary>
internal static class Dockerfile
{
    private static readonly string[] Known = ["RUN", "COPY", "ENV", "ENTRYPOINT"];

    /// <exception cref="NotSupportedException">An instruction is not supported; the message names its line.</exception>
    public static IReadOnlyList<Stage> Parse(string file, string text)
    {
        var arguments = new Dictionary<string, string>();
        var stages = new List<Stage>();
        var steps = new List<Instruction>();
        foreach (var one in Instructions(file, text))
        {
            switch (one.Keyword)
            {
                case "ARG" when stages.Count == 0 && one.Text.Split('=', 2) is [var name, var value]:
                    arguments[name] = value;
                    break;
                case "FROM":
                    steps = [];
                    stages.Add(From(one, arguments, steps));
                    break;
                case var keyword when stages.Count > 0 && Known.Contains(keyword):
                    steps.Add(one);
                    break;
                default:
                    throw new NotSupportedException($"{one.Place}: {one.Keyword} {one.Text} is not built here.");
            }
        }

        return stages;
    }

    private static Stage From(Instruction from, Dictionary<string, string> arguments, List<Instruction> steps)
    {
        var words = from.Text.Split(' ');
        var image = words[0].StartsWith('$') ? arguments[words[0][1..]] : words[0];
        return words switch
        {
            [_] => new Stage(from, image, null, steps),
            [_, "AS", var name] => new Stage(from, image, name, steps),
            _ => throw new NotSupportedException($"{from.Place}: FROM {from.Text} is not built here."),
        };
    }

    /// <summary>Joins lines that end with a backslash, and skips comments.</summary>
    private static IEnumerable<Instruction> Instructions(string file, string text)
    {
        var (whole, begins, number) = ("", 0, 0);
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.TrimStart().StartsWith('#') || (whole.Length == 0 && line.Trim().Length == 0))
            {
                continue;
            }

            begins = whole.Length == 0 ? number : begins;
            whole += line.EndsWith('\\') ? line[..^1] : line;
            if (!line.EndsWith('\\'))
            {
                var words = whole.Split(' ', 2);
                yield return new Instruction($"{file}:{begins}", words[0], words.ElementAtOrDefault(1)?.Trim() ?? "");
                whole = "";
            }
        }
    }
}
