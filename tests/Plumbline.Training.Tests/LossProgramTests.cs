namespace Plumbline.Training.Tests;

/// <summary>The loop of a project's own score program.</summary>
public sealed class LossProgramTests
{
    [Fact]
    public void Each_line_gets_the_number_of_its_answer_and_truth()
    {
        var output = new StringWriter();

        var code = Run(
            """{"id":"a","answer":{"x":1},"truth":{"x":4.5}}"""
                + "\n"
                + """{"id":"b","answer":{"x":2},"truth":{"x":2}}""",
            output,
            new StringWriter()
        );

        code.ShouldBe(0);
        output.ToString().ShouldBe("3.5\n0\n");
    }

    [Fact]
    public void A_truth_that_the_function_cannot_read_ends_the_program_with_the_reason()
    {
        var errors = new StringWriter();

        Run("""{"id":"a","answer":{"x":1},"truth":{}}""", new StringWriter(), errors).ShouldBe(1);

        errors.ToString().ShouldStartWith("the function failed: ");
    }

    private static int Run(string lines, StringWriter output, StringWriter errors) =>
        LossProgram.Run(
            (answer, truth) => Math.Abs(answer.GetProperty("x").GetDouble() - truth.GetProperty("x").GetDouble()),
            new StringReader(lines),
            output,
            errors
        );
}
