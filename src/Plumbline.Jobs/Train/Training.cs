using Plumbline.XGBoost;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Train;

/// <summary>One training job: reads the channels, trains, and writes the model folder.</summary>
internal sealed class Training(JobFolders folders, TextWriter output)
{
    public void Run(CancellationToken stop)
    {
        var image = ReplacedImage.FromEnvironment();
        var hyperparameters = Hyperparameters.Read(folders, image);
        if (hyperparameters.WantsGpu && GpuProbe.Missing() is { } reason)
        {
            output.WriteLine($"WARNING: tree_method gpu_hist has no GPU ({reason}); hist trains on CPUs instead");
            hyperparameters = hyperparameters.OnCpus();
        }
        var channels = Channels.Read(folders, image);
        if (hyperparameters.EarlyStoppingRounds is not null && channels.Folder("validation") is null)
        {
            throw new InputException("hyperparameter early_stopping_rounds", "needs the channel validation");
        }
        var parent = channels.Folder("model") is { } folder ? ModelArchive.Read(folder, "channel model") : null;
        try
        {
            using var data = TrainingData.Read(channels, hyperparameters, parent, stop);
            Boost(hyperparameters.For(data.Encoder), data, parent, stop);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException("stopped while the data was read; nothing was trained");
        }
    }

    private void Boost(Hyperparameters hyperparameters, TrainingData data, ModelArchive? parent, CancellationToken stop)
    {
        using var start = WarmStart.From(parent, hyperparameters, data);
        var checkpoints = new Checkpoints(folders.Checkpoints);
        using var booster = Start(checkpoints, start, hyperparameters, data);
        output.WriteLine(
            $"train has {data.Train.Rows} rows of {data.Train.Columns} features, {hyperparameters.Threads} threads"
        );
        var rounds = new TrainingRounds(booster, hyperparameters, data, checkpoints, output);
        var end = start.Rounds + hyperparameters.Rounds;
        var finished = rounds.Run(end, stop);
        if (!finished)
        {
            var kept = checkpoints.TryWrite(booster, output);
            if (!hyperparameters.SaveModelOnTermination || booster.Rounds == 0)
            {
                throw new StoppedException($"stopped after round {booster.Rounds} of {end}{kept}");
            }
            output.WriteLine(
                $"stopped after round {booster.Rounds} of {end}{kept}; the model of these rounds is saved"
            );
        }
        using var best = rounds.Best();
        if (hyperparameters.Image is { } image && image < new Version(1, 3))
        {
            // AWS's images up to 1.2 write a pickled Booster with all rounds and the number of the best rounds.
            var bestRounds = best?.Rounds ?? booster.Rounds;
            var pickle = BoosterPickle.Write(booster.Serialize(), bestRounds, booster.ParallelTrees);
            ModelArchive.Write(folders.Model, pickle);
        }
        else
        {
            Save(best ?? booster, hyperparameters, data, start, rounds.Last);
        }
        output.WriteLine($"model of {(best ?? booster).Rounds} rounds saved");
    }

    private Booster Start(Checkpoints checkpoints, WarmStart start, Hyperparameters hyperparameters, TrainingData data)
    {
        var booster = checkpoints.Newest(hyperparameters.Threads, output);
        if (booster is not null)
        {
            output.WriteLine($"continuing from the checkpoint after round {booster.Rounds}");
        }
        booster ??= start.TakeBooster() ?? Booster.Create([], data.Train);
        booster.SetParameters(hyperparameters.ForLibrary());
        return booster;
    }

    private void Save(
        Booster booster,
        Hyperparameters hyperparameters,
        TrainingData data,
        WarmStart start,
        EvaluationLine? last
    )
    {
        if (hyperparameters.Image is not null)
        {
            // AWS's images from 1.3 on write only the file of save_model, without a description.
            ModelArchive.Write(folders.Model, booster.SaveBinary());
            return;
        }
        var description = new ModelDescription
        {
            Labels = start.Labels,
            Features = data.Train.Columns,
            Objective = hyperparameters.Objective,
            Rounds = booster.Rounds,
            ParentRounds = start.Rounds,
            TrainRows = data.Train.Rows,
            Metrics = last?.Metrics.ToDictionary() ?? [],
            Hyperparameters = hyperparameters.Given,
        };
        ModelArchive.Write(folders.Model, booster.Save(), description, data.Encoder);
    }
}
