using Plumbline.LocalCloud.Processes.Logs;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class LogEndTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("one\n\ntwo\r\nthree\n", "two\nthree")]
    [InlineData("start\nno model\nstart\nno model\nstart\nno model\n", "start\nno model")]
    [InlineData("no model\nno model\n", "no model")]
    [InlineData("", "")]
    public void The_last_lines_are_told_once_each(string log, string end)
    {
        File.WriteAllText(file, log);

        LogEnd.Read(file, 2).ShouldBe(end);
    }
}
