namespace Plumbline.XGBoost.Trees;

/// <summary>The function from margins to answers, computed with the same float32 operations as in libxgboost.</summary>
internal enum Link
{
    /// <summary>The answer is the margin.</summary>
    Identity,

    /// <summary>The answer is the probability of class 1.</summary>
    Sigmoid,

    /// <summary>The answers are the probabilities of all classes.</summary>
    Softmax,

    /// <summary>The answer is a count or an amount.</summary>
    Exponential,
}

/// <summary>The function that each objective applies to its margins.</summary>
internal static class Links
{
    /// <summary>Returns null for any other objective.</summary>
    public static Link? Of(string objective) =>
        objective switch
        {
            "multi:softprob" or "multi:softmax" => Link.Softmax,
            "binary:logistic" or "binary:logitraw" or "reg:logistic" => Link.Sigmoid,
            "count:poisson" or "reg:gamma" or "reg:tweedie" => Link.Exponential,
            "reg:squarederror" or "reg:squaredlogerror" or "reg:pseudohubererror" or "reg:absoluteerror" =>
                Link.Identity,
            _ => null,
        };

    /// <summary>Returns every row's initial margin. base_score is an answer, so the link is inverted.</summary>
    public static float BaseMargin(this Link link, float baseScore) =>
        link switch
        {
            Link.Sigmoid => -MathF.Log(1 / baseScore - 1),
            Link.Exponential => MathF.Log(baseScore),
            _ => baseScore,
        };

    /// <summary>Turns the margins of all rows into answers, in place.</summary>
    public static void Apply(this Link link, Span<float> margins, int groups)
    {
        switch (link)
        {
            case Link.Sigmoid:
                foreach (ref var margin in margins)
                {
                    margin = 1 / (MathF.Exp(MathF.Min(-margin, 88.7f)) + 1);
                }
                break;
            case Link.Exponential:
                foreach (ref var margin in margins)
                {
                    margin = MathF.Exp(margin);
                }
                break;
            case Link.Softmax:
                for (var row = 0; row < margins.Length; row += groups)
                {
                    Softmax(margins.Slice(row, groups));
                }
                break;
        }
    }

    private static void Softmax(Span<float> margins)
    {
        var largest = margins[0];
        foreach (var margin in margins)
        {
            largest = MathF.Max(largest, margin);
        }
        double sum = 0;
        foreach (ref var margin in margins)
        {
            margin = MathF.Exp(margin - largest);
            sum += margin;
        }
        foreach (ref var margin in margins)
        {
            margin /= (float)sum;
        }
    }
}
