using System.CommandLine;
using System.Text.RegularExpressions;
using Plumbline.Cli;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Documents;

/// <summary>
/// Looks up every <c>plumb COMMAND --option</c> of the documents, in blocks and in the text, in the CLI's own tree of
/// commands.
/// </summary>
public sealed partial class NamedCommandTests
{
    /// <summary>Commands of the script <c>./plumb</c>, which the CLI does not have.</summary>
    private static readonly string[] OfTheScript = ["test"];

    private static readonly RootCommand Root = CommandLine.Root();

    [Fact]
    public void Every_command_and_option_that_the_documents_name_exists()
    {
        var named = FencedBlock.Files().SelectMany(Named).ToList();

        named.Count.ShouldBeGreaterThan(100);
        named.Count(one => one.Words.Contains("--", StringComparison.Ordinal)).ShouldBeGreaterThan(30);
        named
            .Select(one => Problem(one.Words) is { } problem ? $"{one.Place}: plumb {one.Words}: {problem}" : null)
            .OfType<string>()
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("aprove 1")]
    [InlineData("approve 1 --reasons good")]
    [InlineData("monitor run --until TIME")]
    [InlineData("aws deploy --reason good")]
    [InlineData("--dat")]
    public void A_wrong_command_or_option_is_found(string words) => Problem(words).ShouldNotBeNull();

    /// <summary>The words behind each plumb in code: to the end of its line, comment, pipe, list or quotation.</summary>
    private static IEnumerable<(string Place, string Words)> Named(string file)
    {
        var isInBlock = false;
        foreach (var (index, line) in File.ReadLines(Repository.Path(file)).Index())
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isInBlock = !isInBlock;
                continue;
            }

            var code = isInBlock ? [line] : Code().Matches(line).Select(match => match.Groups[1].Value);
            foreach (Match match in code.SelectMany(text => Call().Matches(text)))
            {
                yield return ($"{file}:{index + 1}", match.Groups[1].Value.Trim());
            }
        }
    }

    private static string? Problem(string text)
    {
        Command command = Root;
        var options = new List<Option>(Root.Options);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (command.Subcommands.FirstOrDefault(one => one.Name == word) is { } next)
            {
                options = [.. options.Where(option => option.Recursive), .. next.Options];
                command = next;
            }
            else if (word.StartsWith('-') && word.Length > 1)
            {
                var name = word.Split('=')[0];
                if (!options.Exists(option => option.Name == name || option.Aliases.Contains(name)))
                {
                    return $"{name} is not an option of {(command == Root ? "plumb" : command.Name)}";
                }
            }
            else if (command == Root && CommandWord().IsMatch(word) && !OfTheScript.Contains(word))
            {
                return $"{word} is not a command";
            }
            else if (OfTheScript.Contains(word))
            {
                return null;
            }
        }

        return null;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?:^|[\s(""'/])plumb ((?:(?! #| \||&&|;|\)""|`| - |'\s).)*)")]
    private static partial Regex Call();

    [GeneratedRegex("^[a-z][a-z-]+$")]
    private static partial Regex CommandWord();
}
