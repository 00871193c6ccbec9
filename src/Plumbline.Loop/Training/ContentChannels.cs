using Plumbline.Aws.Formats;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Training;

/// <summary>
/// The files of images and texts for a job: a channel for those in the loop's bucket, and one for each prefix in S3 whose
/// contents stay where they are. Each gets the files that a ManifestFile lists, so that held-out ones are not among those
/// of a training.
/// </summary>
/// <param name="data">The base data.</param>
/// <param name="lists">The S3 URI of the folder with the lists, without a slash at its end.</param>
internal sealed class ContentChannels(DataDescription data, PipelineValue lists)
{
    private readonly IReadOnlyList<S3Uri> prefixes = data.ContentPrefixes();

    private IEnumerable<int> Places => data.IsContent() ? Enumerable.Range(0, prefixes.Count + 1) : [];

    /// <summary>The channels of a training; empty for tables.</summary>
    /// <param name="input">Fast files are not copied first, but read when they are opened.</param>
    public IEnumerable<Channel> OfTraining(TrainingInput input) =>
        Places.Select(place =>
            place > 0 && input == TrainingInput.FastFile
                // AWS takes no list together with FastFile. The names of the files are the same.
                ? new Channel(DataSetFiles.ChannelOf(place), prefixes[place - 1].ToString()) { InputMode = "FastFile" }
                : new Channel(DataSetFiles.ChannelOf(place), List(DataSetFiles.TrainContents(place)))
                {
                    IsManifest = true,
                }
        );

    /// <summary>The inputs of a job that asks a model about the held-out contents; empty for tables.</summary>
    /// <param name="folder">The folder of the job's inputs.</param>
    public IEnumerable<ProcessingInput> OfTest(string folder) =>
        Places.Select(place =>
        {
            var name = DataSetFiles.ChannelOf(place);
            return new ProcessingInput(name, List(DataSetFiles.TestContents(place)), $"{folder}/{name}")
            {
                IsManifest = true,
            };
        });

    private PipelineValue List(string name) => Function.Join("/", [lists, name[DataSetFiles.ContentLists.Length..]]);
}
