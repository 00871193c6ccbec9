using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Plumbline.Scenarios.Tests.LanesFirst", "Plumbline.Scenarios.Tests")]

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// Scenarios start many processes, so that they run in two lanes, each one at a time. The lanes are about equally long;
/// a new scenario goes into the shorter one.
/// </summary>
public static class Lanes
{
    /// <summary>Loops that go round more than once.</summary>
    public const string Loops = "loops";

    /// <summary>All others. They share one run of the demo.</summary>
    public const string Commands = "commands";
}

/// <summary>The lane of all other scenarios.</summary>
[CollectionDefinition(Lanes.Commands)]
public sealed class CommandsCollection : ICollectionFixture<DemoRun>;

/// <summary>Starts the lanes before all else, which is short and fills the gaps.</summary>
public sealed class LanesFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName is Lanes.Loops or Lanes.Commands);
}
