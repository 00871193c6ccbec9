using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.GroundTruth;

public sealed class TruthFileTests
{
    private static readonly ProjectDescription Project = new()
    {
        Name = "sample",
        Data = new DataDescription(),
        Labels = ["no", "yes"],
        FormerLabels = new Dictionary<string, string> { ["positive"] = "yes" },
    };

    [Theory]
    [InlineData("key,label\na,yes\nb,no\n")]
    [InlineData("label,other,key\r\nyes,\"1,2\",a\r\nno,,b\r\nno,,b\r\n")]
    [InlineData("{\"key\":\"a\",\"label\":\"positive\"}\n\n{\"label\":\"no\",\"key\":\"b\"}")]
    [InlineData(
        "{\"groundTruthData\":{\"data\":\"yes\",\"encoding\":\"CSV\"},\"eventMetadata\":{\"eventId\":\"a\"},\"eventVersion\":\"0\"}\n{\"key\":\"b\",\"label\":\"no\"}"
    )]
    public void Each_form_gives_the_same_ground_truth(string text)
    {
        var records = Read(text).Select(GroundTruthRecord.Parse).ToList();
        records.Select(one => $"{one.EventId} {one.Data}").ShouldBe(["a yes", "b no"]);
    }

    [Fact]
    public void All_invalid_lines_are_named_and_nothing_is_taken()
    {
        Problem("key,label\na,yes\nb,maybe\n,no\nc\na,no\n")
            .ShouldBe(
                "truths.csv:3: has the label 'maybe', which is not one of labels: no, yes\n"
                    + "truths.csv:4: has no value for 'key'\n"
                    + "truths.csv:5: has 1 cells; the header names 2 columns\n"
                    + "truths.csv:6: says that 'a' is 'no'; line 2 says 'yes'\n"
                    + "Nothing was imported."
            );
        Problem("key,label\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"{i},x\n")))
            .ShouldContain("... and 15 more lines");
    }

    [Theory]
    [InlineData("", "truths.csv: is empty")]
    [InlineData("key,label\n", "truths.csv: has no truth below its header")]
    [InlineData("id,label\n1,yes", "truths.csv:1: has no column 'key'; name it with --key. The columns are id, label")]
    [InlineData("{\"key\":\"a\"}", "truths.csv:1: is not an object with the truth's key and label")]
    [InlineData("{\"key\":\"a\"", "truths.csv:1: is not an object with the truth's key and label")]
    public void A_file_without_truths_says_what_it_lacks(string text, string message)
    {
        Problem(text).ShouldStartWith(message);
    }

    private static IReadOnlyList<string> Read(string text) =>
        new TruthFile("truths.csv", Project, ("key", "label")).Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Problem(string text) => Should.Throw<UserError>(() => Read(text)).Message;
}
