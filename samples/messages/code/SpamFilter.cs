using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;
using Plumbline.Training;

/// <summary>
/// A logistic regression over the sequences of one to three characters of a message. They see parts of words, so that a
/// disguised word still has features of known ones.
/// </summary>
internal sealed class SpamFilter
{
    private const string Features = "Features";
    private const string FeaturesFile = "features.zip";
    private const string WeightsFile = "weights.zip";

    private readonly ITransformer features;
    private readonly BinaryPredictionTransformer<
        CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>
    > classifier;

    private SpamFilter(
        MLContext ml,
        ITransformer features,
        LinearBinaryModelParameters? weights,
        IEnumerable<Message> messages,
        JobParameters parameters,
        int iterations
    )
    {
        this.features = features;
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = nameof(Message.IsSpam),
                FeatureColumnName = Features,
                ExampleWeightColumnName = nameof(Message.Weight),
                MaximumNumberOfIterations = iterations,
                L1Regularization = 0,
                L2Regularization = (float)parameters.Number("penalty", 0.1),
                NumberOfThreads = 1,
            }
        );
        var view = features.Transform(ml.Data.LoadFromEnumerable(messages));
        classifier = weights is null ? trainer.Fit(view) : trainer.Fit(view, weights);
    }

    /// <summary>Learns the features and their weights.</summary>
    public static SpamFilter Train(
        MLContext ml,
        IReadOnlyList<Message> messages,
        JobParameters parameters,
        int iterations
    )
    {
        var features = ml
            .Transforms.Text.TokenizeIntoCharactersAsKeys(
                "Characters",
                nameof(Message.Text),
                useMarkerCharacters: false
            )
            .Append(
                ml.Transforms.Text.ProduceNgrams(
                    Features,
                    "Characters",
                    ngramLength: parameters.Whole("grams", 3),
                    useAllLengths: true,
                    maximumNgramsCount: parameters.Whole("most_grams", 20000),
                    weighting: NgramExtractingEstimator.WeightingCriteria.Tf
                )
            )
            .Fit(ml.Data.LoadFromEnumerable(messages));
        return new SpamFilter(ml, features, null, messages, parameters, iterations);
    }

    /// <summary>Goes on from the weights of an earlier model, with its features.</summary>
    public static SpamFilter Continue(
        MLContext ml,
        IReadOnlyList<Message> messages,
        JobParameters parameters,
        int iterations,
        string folder
    )
    {
        var weights =
            (ISingleFeaturePredictionTransformer<object>)ml.Model.Load(Path.Combine(folder, WeightsFile), out _);
        var model = (CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>)weights.Model;
        var features = ml.Model.Load(Path.Combine(folder, FeaturesFile), out _);
        return new SpamFilter(ml, features, model.SubModel, messages, parameters, iterations);
    }

    /// <summary>The figures over messages; null if a class is missing among them.</summary>
    public CalibratedBinaryClassificationMetrics? Evaluate(MLContext ml, IReadOnlyList<Message> messages) =>
        messages.Any(one => one.IsSpam) && messages.Any(one => !one.IsSpam)
            ? ml.BinaryClassification.Evaluate(
                classifier.Transform(features.Transform(ml.Data.LoadFromEnumerable(messages))),
                nameof(Message.IsSpam)
            )
            : null;

    /// <summary>Writes the model for the server, and the files from which a later training continues.</summary>
    public void Save(MLContext ml, string folder, IReadOnlyList<string> labels)
    {
        var empty = ml.Data.LoadFromEnumerable<Unlabelled>([new Unlabelled()]);
        using (var file = File.Create(Path.Combine(folder, "model.onnx")))
        {
            ml.Model.ConvertToOnnx(
                new TransformerChain<ITransformer>(features, classifier),
                empty,
                file,
                "Probability"
            );
        }

        var signature = new
        {
            input = new { kind = "text", shape = new[] { 1 } },
            output = new
            {
                kind = "probabilities",
                name = "Probability.output",
                labels,
            },
        };
        File.WriteAllText(Path.Combine(folder, "signature.json"), JsonSerializer.Serialize(signature) + "\n");
        ml.Model.Save(features, empty.Schema, Path.Combine(folder, FeaturesFile));
        ml.Model.Save(classifier, features.GetOutputSchema(empty.Schema), Path.Combine(folder, WeightsFile));
    }
}
