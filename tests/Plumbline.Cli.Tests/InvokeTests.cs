using System.Text;
using Plumbline.Cli.Commands;

namespace Plumbline.Cli.Tests;

public sealed class InvokeTests
{
    [Theory]
    [InlineData("{\"age\": 41}", true)]
    [InlineData("\n [[41, \"Bern\"]]", true)]
    [InlineData("41,Bern", false)]
    [InlineData("\"{late}\",41", false)]
    [InlineData("", false)]
    public void Rows_that_begin_as_json_are_sent_as_json(string input, bool isJson) =>
        InvokeCommand.IsJson(Encoding.UTF8.GetBytes(input)).ShouldBe(isJson);
}
