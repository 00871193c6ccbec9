namespace Plumbline.Serving.Aws;

/// <summary>
/// The parts of an answer that SAGEMAKER_INFERENCE_OUTPUT selects. Source: the container's serve_utils.py.
/// </summary>
internal static class SelectableInference
{
    private const string PredictedLabel = "predicted_label";
    private const string Labels = "labels";
    private const string Probability = "probability";
    private const string Probabilities = "probabilities";
    private const string RawScore = "raw_score";
    private const string RawScores = "raw_scores";
    private const string PredictedScore = "predicted_score";

    private static readonly string[] Order =
    [
        PredictedLabel,
        Labels,
        Probability,
        Probabilities,
        RawScore,
        RawScores,
        PredictedScore,
    ];

    /// <summary>Returns a row's parts in the order of AWS's JSON; nan for parts the objective does not have.</summary>
    /// <exception cref="RequestError">500: the objective does not support selectable inference.</exception>
    public static IReadOnlyList<KeyValuePair<string, AwsValue>> Of(
        IReadOnlyList<string> keys,
        string objective,
        int classes,
        double[] raw
    )
    {
        var valid = ValidKeys(objective);
        return
        [
            .. Order
                .Where(key => keys.Contains(key) && valid.Contains(key))
                .Select(key => KeyValuePair.Create(key, Value(key, objective, classes, raw))),
            .. keys.Except(valid).Select(key => KeyValuePair.Create(key, AwsValue.None)),
        ];
    }

    private static string[] ValidKeys(string objective) =>
        objective switch
        {
            "reg:squarederror" or "reg:logistic" or "reg:gamma" or "reg:tweedie" or "reg:absoluteerror" =>
            [
                PredictedScore,
            ],
            "binary:logistic" or "multi:softprob" =>
            [
                PredictedLabel,
                Labels,
                Probability,
                Probabilities,
                RawScore,
                RawScores,
            ],
            "binary:logitraw" or "binary:hinge" or "multi:softmax" => [PredictedLabel, Labels, RawScore, RawScores],
            _ => throw new RequestError(
                500,
                $"Objective `{objective}` unsupported for selectable inference predictions."
            ),
        };

    private static AwsValue Value(string key, string objective, int classes, double[] raw)
    {
        var isMany = objective == "multi:softprob";
        return key switch
        {
            PredictedLabel => objective switch
            {
                "binary:logistic" => AwsValue.Whole(raw[0] > 0.5 ? 1 : 0),
                "binary:logitraw" => AwsValue.Whole(raw[0] > 0 ? 1 : 0),
                "multi:softprob" => AwsValue.Whole(Array.IndexOf(raw, raw.Max())),
                _ => AwsValue.Of(raw[0]),
            },
            Labels => objective.StartsWith("binary:", StringComparison.Ordinal)
                ? AwsValue.Labels(2)
                : AwsValue.Labels(classes),
            Probability or RawScore => AwsValue.Of(isMany ? raw.Max() : raw[0]),
            Probabilities or RawScores => AwsValue.List(isMany ? raw : [1 - raw[0], raw[0]]),
            _ => AwsValue.Of(raw[0]),
        };
    }
}
