using System.Globalization;
using System.Text.Json;

namespace Plumbline.Training;

/// <summary>
/// A project's own score program, for <c>task: custom</c>: it reads a line of JSON with <c>answer</c> and <c>truth</c> for
/// each example, and writes a line with the number of its function.
/// </summary>
public static class LossProgram
{
    /// <summary>Scores all lines of standard input.</summary>
    /// <param name="loss">The number for an answer and its truth: a loss, or what <c>quality.better</c> says.</param>
    /// <returns>The program's exit code.</returns>
    public static int Run(Func<JsonElement, JsonElement, double> loss) =>
        Run(loss, Console.In, Console.Out, Console.Error);

    internal static int Run(
        Func<JsonElement, JsonElement, double> loss,
        TextReader input,
        TextWriter output,
        TextWriter errors
    )
    {
        ArgumentNullException.ThrowIfNull(loss);
        while (input.ReadLine() is { } line)
        {
            using var example = JsonDocument.Parse(line);
            try
            {
                var number = loss(example.RootElement.GetProperty("answer"), example.RootElement.GetProperty("truth"));
                output.WriteLine(number.ToString("R", CultureInfo.InvariantCulture));
                output.Flush();
            }
            catch (Exception failed)
                when (failed is InvalidOperationException or KeyNotFoundException or FormatException)
            {
                errors.WriteLine($"the function failed: {failed.Message}");
                return 1;
            }
        }
        return 0;
    }
}
