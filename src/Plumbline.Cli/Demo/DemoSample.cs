using Plumbline.Records;

namespace Plumbline.Cli.Demo;

/// <summary>A sample that <c>plumb demo --sample</c> can play. Each has one file, such as DigitsSample.</summary>
internal abstract record DemoSample
{
    private static readonly Dictionary<string, Func<DemoSample>> Known = new(StringComparer.Ordinal)
    {
        [Customers.Sample] = CustomersSample.Create,
        ["digits"] = DigitsSample.Create,
        [Messages.Sample] = MessagesSample.Create,
        [Rentals.Sample] = RentalsSample.Create,
        [SignsSample.Name] = SignsSample.Create,
    };

    /// <summary>The samples that can be played.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The name, which is the project's name too.</summary>
    public required string Name { get; init; }

    /// <summary>The message of the project's first commit.</summary>
    public required string Title { get; init; }

    /// <summary>The project's files by their path, without buildspec.yml.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>The base data in words, such as <c>1100 images</c>.</summary>
    public required string BaseData { get; init; }

    /// <summary>The worst figure, by its name in the report, that still counts as healed.</summary>
    public IReadOnlyDictionary<string, double> Bars { get; init; } = new Dictionary<string, double>();

    /// <summary>The sample of a name.</summary>
    /// <exception cref="UserError">The name is not one of <see cref="Names"/>.</exception>
    public static DemoSample Of(string name) =>
        Known.TryGetValue(name, out var create)
            ? create()
            : throw new UserError(
                "--sample",
                $"'{name}' is not a sample of the demo: write one of {string.Join(", ", Names)}"
            );

    /// <summary>A shorter story for tests: only some months of a sample that has months.</summary>
    public virtual DemoSample Only(IReadOnlyList<string> months) => this;

    /// <summary>Plays the story of the sample.</summary>
    public abstract Task<DemoReport> PlayAsync(DemoActs acts, CancellationToken cancellationToken);
}
