using Plumbline.Training;

// Trains under SageMaker's contract: rows in, checkpoints after each epoch, model.onnx and signature.json out.
var job = Job.FromEnvironment();
var parameters = job.Parameters;
var train = job.Rows("train");
var validation = job.Rows("validation");
var seed = parameters.Whole("seed", 42);
var rate = (float)parameters.Number("learning_rate", 0.003);
var size = parameters.Whole("batch_size", 32);

var done = 0;
Network network;
if (job.Checkpoints.Newest() is var (epochs, content))
{
    (done, network) = (epochs, Network.Parse(content));
}
else if (job.EarlierModel() is { } earlier)
{
    network = Network.Load(earlier);
    Console.WriteLine("continuing the model in production");
}
else
{
    network = Network.Create(
        train[0].Features.Length,
        parameters.Whole("hidden", 48),
        job.Labels.Count,
        (float)parameters.Number("maximum", 1),
        seed
    );
}

Console.WriteLine($"{train.Count} rows, {done} of {job.Epochs} epochs done");
for (var epoch = done; epoch < job.Epochs; epoch++)
{
    // The order of the rows follows only from seed and epoch, so that no checkpoint has to keep it.
    var order = train.ToArray();
    new Random(seed + epoch).Shuffle(order);
    var loss = order.Chunk(size).Average(batch => network.Learn(batch, rate));
    job.Checkpoints.Write(epoch + 1, network.ToBytes());
    Job.Report(epoch, ("train-loss", loss), ("validation-accuracy", network.Accuracy(validation)));
}

network.Save(job.ModelFolder, job.Labels);
