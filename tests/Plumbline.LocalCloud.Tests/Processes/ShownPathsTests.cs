using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class ShownPathsTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateDirectory($"/tmp/plumbline-test-{Guid.NewGuid():N}");
    private readonly string data;

    public ShownPathsTests() => data = New("cloud/data");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void A_program_is_shown_with_its_installation_and_nothing_twice()
    {
        var tool = NewFile("venv/bin/tool");
        New("venv/lib/more");

        Shown([tool], ("PATH", $"/usr/bin:{At("venv/bin")}"), ("PYTHONPATH", At("venv/lib/more")))
            .ShouldBe([new Bind(At("venv"), At("venv"))]);
    }

    [Fact]
    public void A_word_that_names_no_file_and_a_variable_that_loads_nothing_show_nothing()
    {
        New("folder");

        Shown(["sh", At("folder"), At("missing")], ("HOME", At("folder")), ("PATH", At("missing"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_is_shown_where_it_lies_and_where_it_leads()
    {
        NewFile("real/bin/python3");
        New("venv/bin");
        File.CreateSymbolicLink(At("venv/bin/python3"), At("real/bin/python3"));
        Directory.CreateSymbolicLink(At("path"), At("real"));

        Shown([At("venv/bin/python3")], ("PYTHONPATH", At("path")))
            .ShouldBe(
                [new Bind(At("venv"), At("venv")), new Bind(At("real"), At("real")), new Bind(At("real"), At("path"))],
                ignoreOrder: true
            );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tmp")]
    [InlineData("/tmp/.")]
    [InlineData("/tmp/../tmp/")]
    [InlineData("/var/tmp")]
    [InlineData("/var")]
    public void A_whole_emptied_folder_is_not_shown_nor_is_a_link_to_it(string whole)
    {
        Directory.CreateSymbolicLink(At("link"), whole);

        Shown([], ("PATH", $"{whole}:{At("link")}"), ("PYTHONPATH", $"{whole}:{At("link")}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cloud")]
    [InlineData("cloud/data")]
    [InlineData("cloud/data/jobs")]
    [InlineData("other")]
    [InlineData("other/data")]
    [InlineData("other/data/objects")]
    public void A_data_folder_is_not_shown_nor_is_what_it_lies_in_nor_a_link_to_it(string name)
    {
        New("cloud/data/jobs");
        New("other/data/objects");
        DataFolder.Open(At("other/data")).Dispose();
        NewFile("other/data/plumbline.db");
        Directory.CreateSymbolicLink(At("link"), At(name));

        Shown([], ("PATH", $"{At(name)}:{At("link")}"), ("PYTHONPATH", $"{At(name)}:{At("link")}")).ShouldBeEmpty();
    }

    [Fact]
    public void A_program_beside_a_data_folder_is_shown_alone()
    {
        var tool = NewFile("cloud/tool");
        var installed = NewFile("cloud/bin/tool");

        Shown([tool, installed])
            .ShouldBe([new Bind(tool, tool), new Bind(At("cloud/bin"), At("cloud/bin"))], ignoreOrder: true);
    }

    [Fact]
    public void A_home_is_not_shown_nor_is_a_folder_of_it_that_holds_a_secret()
    {
        var home = ShownPaths.Home!;
        var project = Directory.CreateDirectory(Path.Combine(home, $"plumbline-test-{Guid.NewGuid():N}")).FullName;
        var secret = Path.Combine(home, ".password-store");
        var isNew = !Directory.Exists(secret);
        Directory.CreateDirectory(secret);
        try
        {
            // Each also through its own link: the target of a link decides.
            Directory.CreateSymbolicLink(At("link"), secret);
            var program = Path.Combine(project, "tool");
            File.WriteAllText(program, "");

            var shown = ShownPaths
                .Of(
                    [program],
                    new Dictionary<string, string> { ["PATH"] = $"{home}:{secret}:{At("link")}:{home}/.local" },
                    data
                )
                .Select(bind => bind.Target)
                .ToList();

            shown.ShouldContain(project);
            shown.ShouldNotContain(home);
            shown.ShouldNotContain(secret);
            shown.ShouldNotContain(At("link"));
            shown.ShouldNotContain($"{home}/.local");
        }
        finally
        {
            Directory.Delete(project, recursive: true);
            if (isNew)
            {
                Directory.Delete(secret);
            }
        }
    }

    private IReadOnlyList<Bind> Shown(string[] programs, params (string Name, string Value)[] environment) =>
        [
            .. ShownPaths
                .Of(programs, environment.ToDictionary(one => one.Name, one => one.Value), data)
                // This repository may be below /tmp, too.
                .Where(bind => bind.Target.StartsWith(root.FullName, StringComparison.Ordinal)),
        ];

    private string At(string name) => Path.Combine(root.FullName, name);

    private string New(string name) => Directory.CreateDirectory(At(name)).FullName;

    private string NewFile(string name)
    {
        New(Path.GetDirectoryName(name)!);
        File.WriteAllText(At(name), "");
        return At(name);
    }
}
