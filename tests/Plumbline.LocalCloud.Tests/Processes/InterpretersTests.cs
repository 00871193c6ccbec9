using Plumbline.LocalCloud.Processes.Images;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class InterpretersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_Python_that_has_the_framework_is_taken()
    {
        var without = Python("without", "exit 1");
        var first = Python("first", "[ \"$3\" = sklearn ]");
        var second = Python("second", "exit 0");

        new Interpreters().Find("python9", "sklearn", $"{without}:{first}:{second}").ShouldBe($"{first}/python9");
        new Interpreters().Find("python9", "torch", $"{without}:{first}:{second}").ShouldBe($"{second}/python9");
    }

    [Fact]
    public void Those_that_were_tried_are_named()
    {
        var without = Python("without", "exit 1");
        var broken = Python("broken", "kill -9 $$");

        var error = Should.Throw<IOException>(() =>
            new Interpreters().Find("python9", "sklearn", $"{without}:{broken}:/not/there")
        );

        error.Message.ShouldContain($"tried {without}/python9, {broken}/python9.");
    }

    [Fact]
    public void One_that_gets_the_framework_later_is_found_then()
    {
        var interpreters = new Interpreters();
        var python = Python("later", "[ -e \"$(dirname \"$0\")/installed\" ]");
        Should.Throw<IOException>(() => interpreters.Find("python9", "sklearn", python));

        File.WriteAllText(Path.Combine(python, "installed"), "");

        interpreters.Find("python9", "sklearn", python).ShouldBe($"{python}/python9");
    }

    /// <summary>Makes a program that answers like a Python with or without a module; $3 is the module.</summary>
    private string Python(string name, string script)
    {
        var place = Directory.CreateDirectory(folder.At(name)).FullName;
        var program = Path.Combine(place, "python9");
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return place;
    }
}
