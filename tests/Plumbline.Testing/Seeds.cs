using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Testing;

/// <summary>
/// The source of randomness for tests. It is the same in every run, so that a test that passed passes again. With
/// PLUMBLINE_SEED set to a number, tests try other and more cases, which are the same for the same number;
/// <c>tools/nightly.sh</c> draws one.
/// </summary>
public static class Seeds
{
    private const int MoreCases = 10;

    private static readonly int? Given = int.TryParse(
        Environment.GetEnvironmentVariable("PLUMBLINE_SEED"),
        CultureInfo.InvariantCulture,
        out var seed
    )
        ? seed
        : null;

    /// <summary>A separate source for one test.</summary>
    /// <param name="own">A number that makes the sources of several tests different.</param>
    public static Random Random(int own) => new(unchecked(own + (Given ?? 0) * 7919));

    /// <summary>Checks a property; the exception has the failing case, with PLUMBLINE_SEED for repeating it.</summary>
    /// <param name="cases">The number of cases to try.</param>
    public static void Check(this Property property, int cases = 100) =>
        property.Check(
            Config
                .QuickThrowOnFailure.WithMaxTest(Given is null ? cases : cases * MoreCases)
                .WithReplay((ulong)(uint)(Given ?? 0), 11400714819323198485UL)
        );
}
