using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.House;

/// <summary>Holds the tables of <c>docs/journeys.md</c> to the code, so that they cannot go stale unnoticed.</summary>
public sealed partial class JourneysTests
{
    /// <summary>The part that two journeys share; they link to it.</summary>
    private const string Shared = "s. From an event to a command";

    private static readonly string Text = File.ReadAllText(Repository.Path("docs", "journeys.md"));

    private static readonly Dictionary<string, string> Sections = Text.Split("\n## ")
        .Skip(1)
        .ToDictionary(section => section[..section.IndexOf('\n', StringComparison.Ordinal)]);

    [Fact]
    public void Every_file_exists_and_has_the_members_that_its_line_names()
    {
        var lines = Sections.Values.SelectMany(Lines).ToList();

        lines.Count.ShouldBeGreaterThan(150);
        lines.SelectMany(line => Problems(line.File, line.There)).ShouldBeEmpty();
    }

    [Fact]
    public void The_numbers_of_files_are_those_of_the_tables()
    {
        Sections.Count.ShouldBe(6);
        foreach (var (title, section) in Sections)
        {
            var files = FilesOf(section).ToList();
            files.ShouldBeUnique($"'{title}' lists a file twice");
            int.Parse(Count().Match(section).Groups[1].Value, CultureInfo.InvariantCulture)
                .ShouldBe(files.Count, $"the number of files of '{title}'");
            if (title != Shared)
            {
                Text.ShouldContain($"| [{title}](#{Anchor(title)}) |");
                Regex
                    .Match(Text, $@"\(#{Anchor(title)}\) \|[^|]+\| (\d+) \|")
                    .Groups[1]
                    .Value.ShouldBe($"{files.Count}");
            }
        }
    }

    [Theory]
    [InlineData("Plumbline.LocalCloud/Gateway/Missing.cs", "`Missing.Anything`")]
    [InlineData("Plumbline.LocalCloud/Gateway/Dispatcher.cs", "`Dispatcher.Nothing`")]
    [InlineData("Plumbline.LocalCloud/Gateway/Dispatcher.cs", "`Authentication.Authenticate`")]
    public void A_stale_line_is_found(string file, string there) => Problems(file, there).ShouldNotBeEmpty();

    private static IEnumerable<string> Problems(string file, string there)
    {
        var path = Repository.Path("src", file);
        if (!File.Exists(path))
        {
            return [$"{file} does not exist"];
        }

        // A name in a comment is not the member itself.
        var code = string.Join('\n', File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("//")));
        return from Match named in Member().Matches(there)
            let type = named.Groups[1].Value
            let member = named.Groups[2].Value
            where
                !Regex.IsMatch(code, $@"\b(class|record|struct|interface|enum) {type}\b")
                || !Regex.IsMatch(code, $@"\b{member}\b")
            select $"{file} has no {type}.{member}";
    }

    private static IEnumerable<string> FilesOf(string section) =>
        Lines(section)
            .Select(line => line.File)
            .Concat(
                section.Contains($"(#{Anchor(Shared)})", StringComparison.Ordinal) ? FilesOf(Sections[Shared]) : []
            );

    private static IEnumerable<(string File, string There)> Lines(string section) =>
        Line().Matches(section).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>The anchor that GitHub gives a heading.</summary>
    private static string Anchor(string title) => title.ToLowerInvariant().Replace(".", "").Replace(' ', '-');

    [GeneratedRegex(@"^\| \d+ \| `([^`]+)` \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"`([A-Z]\w+)\.(\w+)`")]
    private static partial Regex Member();

    [GeneratedRegex(@"\*\*(\d+) files\*\*")]
    private static partial Regex Count();
}
