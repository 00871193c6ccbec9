using Microsoft.ML;
using Microsoft.ML.Data;
using Plumbline.Training;

// Trains under SageMaker's contract: texts in, model.onnx and signature.json out, and ML.NET's own files beside them.
var job = Job.FromEnvironment();
var ml = new MLContext(seed: 42);
var train = Messages("train");
var validation = Messages("validation");

var earlier = job.EarlierModel();
var filter = earlier is null
    ? SpamFilter.Train(ml, train, job.Parameters, job.Epochs)
    : SpamFilter.Continue(ml, train, job.Parameters, job.Epochs, earlier);
Console.WriteLine(
    $"{train.Count} messages, {job.Epochs} iterations {(earlier is null ? "from scratch" : "more of the model in production")}"
);
if (filter.Evaluate(ml, validation) is { } figures)
{
    Job.Report(
        job.Epochs - 1,
        ("validation-loss", figures.LogLoss),
        ("validation-accuracy", figures.Accuracy),
        ("validation-f1", figures.F1Score)
    );
}

filter.Save(ml, job.ModelFolder, job.Labels);

List<Message> Messages(string channel) =>
    [
        .. job.Contents(channel)
            .Select(one => new Message
            {
                IsSpam = one.Label == 1,
                Text = one.ReadText(),
                Weight = (float)one.Weight,
            }),
    ];
