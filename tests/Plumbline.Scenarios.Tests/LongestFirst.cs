using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Plumbline.Scenarios.Tests.LongestFirst", "Plumbline.Scenarios.Tests")]

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// Starts the classes that take several minutes before the others, which fill the gaps at the end. Each class runs its
/// tests one at a time, beside two other classes.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(OnAws.StrictTests),
        nameof(BacktestEqualsProductionTests),
        nameof(OwnTaskTests),
        nameof(GoingBackTests),
        nameof(RegressionLoopTests),
        DemoCollection.Name,
        nameof(DemoSamplesTests),
        nameof(PushTests),
        nameof(PicturesInS3Tests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Place(collection.DisplayName));

    private static int Place(string collection)
    {
        var place = Array.FindIndex(Long, name => collection.EndsWith(name, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}

/// <summary>The tests that read the results of one run of the demo.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoRun>
{
    public const string Name = "demo";
}
