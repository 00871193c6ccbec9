using Xunit;

namespace Plumbline.Testing;

/// <summary>
/// Suites that run for moments in every run of the tests, and at length in <c>tools/nightly.sh</c>, which sets PLUMBLINE_NIGHTLY to a
/// folder for their figures. A test class belongs to a part by <c>[Trait(Nightly.Part, "kills")]</c>; the script finds it by that line.
/// </summary>
public static class Nightly
{
    /// <summary>The trait that names the part of the nightly run to which a test belongs.</summary>
    public const string Part = "Nightly";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("PLUMBLINE_NIGHTLY");

    private static readonly Lock Gate = new();

    /// <summary>How much of something a suite does: rounds, requests or a time.</summary>
    /// <param name="usual">In every run of the tests.</param>
    /// <param name="nightly">In the nightly run.</param>
    public static T Or<T>(T usual, T nightly) => string.IsNullOrEmpty(Folder) ? usual : nightly;

    /// <summary>Notes a line of figures, which the nightly run prints at its end.</summary>
    /// <param name="part">The part, as in the trait.</param>
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

/// <summary>A test that is worth minutes, and runs in <c>tools/nightly.sh</c> alone; skipped with the reason elsewhere.</summary>
public sealed class NightlyFactAttribute : FactAttribute
{
    /// <param name="programs">Names on PATH that it needs too.</param>
    public NightlyFactAttribute(params string[] programs) =>
        Skip =
            Nightly.Or("It takes minutes: tools/nightly.sh runs it.", null) ?? ProgramFactAttribute.Missing(programs);
}
