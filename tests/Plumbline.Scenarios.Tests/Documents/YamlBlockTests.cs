using System.Text.RegularExpressions;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Scenarios.Tests.Documents;

/// <summary>
/// Reads each <c>plumbline.yaml</c> of the documents with the product's own reader. Every block with the language yaml is
/// one; another kind of YAML needs another word behind its fence. A block shows some sections only, so that it replaces
/// these sections of a least file.
/// </summary>
public sealed partial class YamlBlockTests
{
    private static readonly (string Key, string Section)[] Least =
    [
        ("name", "name: moons"),
        ("data", "data: {file: data.csv}"),
        ("labels", "labels: [no, yes]"),
    ];

    [Fact]
    public void Every_plumbline_yaml_of_the_documents_is_valid()
    {
        var blocks = FencedBlock.Files().SelectMany(FencedBlock.In).Where(block => block.Language == "yaml").ToList();

        blocks.Count.ShouldBeGreaterThan(2);
        blocks.Select(Problem).OfType<string>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("aws:\n  stages: dev\n")]
    [InlineData("labels: [only]\n")]
    [InlineData("training:\n  spot: perhaps\n")]
    public void A_wrong_block_is_found(string text) =>
        Problem(new FencedBlock("docs/some.md:1", "yaml", text)).ShouldNotBeNull();

    private static string? Problem(FencedBlock block)
    {
        var shown = TopLevelKey().Matches(block.Text).Select(match => match.Groups[1].Value).ToHashSet();
        if (Array.Exists(["task: regression", "task: custom"], task => block.Text.Contains(task)))
            shown.Add("labels");
        var rest = Least.Where(section => !shown.Contains(section.Key)).Select(section => section.Section + "\n");
        try
        {
            ProjectDescription.Parse(block.Text + string.Concat(rest), block.Place);
            return null;
        }
        catch (UserError error)
        {
            return error.Message;
        }
    }

    [GeneratedRegex(@"^(\w+):", RegexOptions.Multiline)]
    private static partial Regex TopLevelKey();
}
