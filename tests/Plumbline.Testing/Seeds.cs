using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Testing;

/// <summary>
/// Where random tests get their randomness: the same in every run, so that what passed passes again. With PLUMBLINE_SEED set to a number
/// they try other and more cases, the same ones for the same number; <c>tools/nightly.sh</c> draws one.
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

    /// <summary>A source of a test's own.</summary>
    /// <param name="own">Tells the sources of several tests apart.</param>
    public static Random Random(int own) => new(unchecked(own + (Given ?? 0) * 7919));

    /// <summary>Checks a property; what falsifies it is in the exception, with PLUMBLINE_SEED as its replay.</summary>
    /// <param name="property">The property.</param>
    /// <param name="cases">How many cases are tried.</param>
    public static void Check(this Property property, int cases = 100) =>
        property.Check(
            Config
                .QuickThrowOnFailure.WithMaxTest(Given is null ? cases : cases * MoreCases)
                .WithReplay((ulong)(uint)(Given ?? 0), 11400714819323198485UL)
        );
}
