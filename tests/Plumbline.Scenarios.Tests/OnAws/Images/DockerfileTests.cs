using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>The Dockerfiles, and errors of the builder that does not use Docker.</summary>
public sealed class DockerfileTests
{
    [Theory]
    [InlineData("FROM a\nVOLUME /data\n", "here.Dockerfile:2: VOLUME /data is not built here.")]
    [InlineData("FROM a\n# of c\nARG B=c\n", "here.Dockerfile:3: ARG B=c is not built here.")]
    [InlineData("RUN true\n", "here.Dockerfile:1: RUN true is not built here.")]
    [InlineData("FROM a\nRUN true \\\n    && true\nFROM b as c\n", "here.Dockerfile:4: FROM b as c is not built here.")]
    public void An_instruction_that_is_not_known_is_an_error_with_its_line(string text, string message) =>
        Should.Throw<NotSupportedException>(() => Dockerfile.Parse("here.Dockerfile", text)).Message.ShouldBe(message);

    [Fact]
    public void Lines_that_go_on_are_one_and_a_base_is_named_by_its_argument()
    {
        var stages = Dockerfile.Parse("x", "ARG A=base:1\n\nFROM $A AS b\nRUN one \\\n# not this\n  && two\nFROM $A\n");

        stages.Select(stage => (stage.Base, stage.Name)).ShouldBe([("base:1", "b"), ("base:1", null)]);
        stages[0].Steps.ShouldHaveSingleItem().Text.ShouldBe("one   && two");
    }

    [ContainerToolTheory]
    [InlineData("plumbline-jobs")]
    [InlineData("plumbline-serving")]
    public async Task Docker_builds_the_image(string image)
    {
        var tool = ContainerToolTheoryAttribute.Tool!;
        var context = Path.GetDirectoryName(Plumb.Program)!;
        var file = Path.Combine(context, "images", $"{image}.Dockerfile");

        (await Shell.RunAsync(tool, ["build", "--file", file, "--tag", $"{image}:test", context])).Succeeded();

        (await Shell.RunAsync(tool, ["image", "rm", $"{image}:test"])).Succeeded();
    }
}
