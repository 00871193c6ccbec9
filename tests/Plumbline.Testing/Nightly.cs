using Xunit;

namespace Plumbline.Testing;

/// <summary>
/// Suites that run briefly in every test run, and longer in <c>tools/nightly.sh</c>, which sets PLUMBLINE_NIGHTLY to a
/// folder for their results. <c>[Trait(Nightly.Part, "kills")]</c> assigns a test class to a part; the script finds the
/// class by that line.
/// </summary>
public static class Nightly
{
    /// <summary>The trait that names a test's part of the nightly run.</summary>
    public const string Part = "Nightly";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("PLUMBLINE_NIGHTLY");

    private static readonly Lock Gate = new();

    /// <summary>The size of a suite: rounds, requests or a time.</summary>
    /// <param name="usual">The size in a usual test run.</param>
    /// <param name="nightly">The size in the nightly run.</param>
    public static T Or<T>(T usual, T nightly) => string.IsNullOrEmpty(Folder) ? usual : nightly;

    /// <summary>Records a line of results, which the nightly run prints at its end.</summary>
    /// <param name="part">The same name as in the trait.</param>
    /// <param name="figures">The line, such as "40 rounds, 2,000 acknowledged, 0 lost".</param>
    public static void Note(string part, string figures)
    {
        if (!string.IsNullOrEmpty(Folder))
        {
            lock (Gate)
            {
                File.AppendAllText(Path.Combine(Folder, part), figures + "\n");
            }
        }
    }
}

/// <summary>
/// A test that takes minutes and runs only in <c>tools/nightly.sh</c>; otherwise skipped with the reason.
/// </summary>
public sealed class NightlyFactAttribute : FactAttribute
{
    /// <param name="programs">Other programs that it needs on PATH.</param>
    public NightlyFactAttribute(params string[] programs) =>
        Skip =
            Nightly.Or("It takes minutes: tools/nightly.sh runs it.", null) ?? ProgramFactAttribute.Missing(programs);
}
