using Plumbline.LocalCloud.Processes.Logs;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class LogLinesTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_line_without_its_end_waits_for_it_or_for_the_end_of_the_program()
    {
        File.WriteAllText(file, "one\r\n\ntwo\nthr");
        var lines = new LogLines(file, 0);

        var batch = lines.Next(final: false).ShouldNotBeNull();
        lines.Sent(batch);

        batch.Lines.ShouldBe(["one", "two"]);
        lines.Next(final: false).ShouldBeNull();
        lines.Next(final: true)!.Lines.ShouldBe(["thr"]);
    }

    [Fact]
    public void What_was_sent_is_not_sent_again_and_what_was_not_is()
    {
        File.WriteAllText(file, "one\ntwo\n");

        new LogLines(file, 4).Next(final: true)!.Lines.ShouldBe(["two"]);
        var lines = new LogLines(file, 0);
        lines.Next(final: false)!.Lines.ShouldBe(lines.Next(final: false)!.Lines);
    }

    [Fact]
    public void Endless_lines_and_endless_files_come_in_parts_that_lose_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("ä\u20ac", 500_000));
        File.WriteAllText(file, text + "\n" + string.Concat(Enumerable.Repeat("x\n", 25_000)));
        var lines = new LogLines(file, 0);
        var read = new List<string>();

        while (lines.Next(final: false) is { } batch)
        {
            batch.Lines.Sum(line => System.Text.Encoding.UTF8.GetByteCount(line) + 26).ShouldBeLessThan(1_048_576);
            batch.Lines.Count.ShouldBeLessThanOrEqualTo(10_000);
            read.AddRange(batch.Lines);
            lines.Sent(batch);
        }

        string.Concat(read.TakeWhile(line => line != "x")).ShouldBe(text);
        read.Count(line => line == "x").ShouldBe(25_000);
    }
}
