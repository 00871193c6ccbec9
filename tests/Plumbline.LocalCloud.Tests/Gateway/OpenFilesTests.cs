namespace Plumbline.LocalCloud.Tests.Gateway;

public sealed class OpenFilesTests
{
    [Theory]
    [InlineData(1024, 384)]
    [InlineData(64, 32)]
    [InlineData(1_048_576, 20_000)]
    [InlineData(long.MaxValue, 20_000)]
    public void Connections_leave_files_for_the_writes_that_they_ask_for(long files, int connections) =>
        OpenFiles.ConnectionsOf(files).ShouldBe(connections);

    [Theory]
    [InlineData("Max cpu time unlimited unlimited seconds\nMax open files            1024   4096   files \n", 1024)]
    [InlineData("Max open files            unlimited   unlimited   files \n", long.MaxValue)]
    public void The_limit_of_open_files_is_the_one_that_holds(string limits, long limit) =>
        OpenFiles.Limit(limits).ShouldBe(limit);

    [Fact]
    public void The_limit_of_the_limit_is_the_second() =>
        OpenFiles.Limit("Max open files            1024   4096   files \n", hard: true).ShouldBe(4096);
}
