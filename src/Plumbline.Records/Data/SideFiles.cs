namespace Plumbline.Records.Data;

/// <summary>The files of one version.</summary>
internal sealed class SideFiles(string folder) : IDisposable
{
    private readonly SideFile train = new(folder, DataSetBuilder.TrainFile);
    private readonly SideFile validation = new(folder, DataSetBuilder.ValidationFile);
    private readonly SideFile recentTest = new(folder, DataSetBuilder.RecentFile);
    private readonly SideFile baseTest = new(folder, DataSetBuilder.BaseFile);

    public SideFile Features { get; } = new(folder, DataSetBuilder.FeaturesFile);

    private SideFile[] All => [train, validation, recentTest, baseTest, Features];

    public SideFile For(Side side, bool recent) =>
        side == Side.Train ? train
        : side == Side.Validation ? validation
        : recent ? recentTest
        : baseTest;

    public SortedDictionary<string, FileManifest> Finish() =>
        new(All.ToDictionary(file => file.Name, file => file.Finish()), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var file in All)
            file.Dispose();
    }
}
