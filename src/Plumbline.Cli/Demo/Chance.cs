namespace Plumbline.Cli.Demo;

/// <summary>Draws from distributions; the same seed gives the same draws.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>True with this probability.</summary>
    public bool Is(double probability) => random.NextDouble() < probability;

    /// <summary>One of several, by their probabilities, which add up to 1.</summary>
    public string Of(IReadOnlyList<string> names, IReadOnlyList<double> probabilities)
    {
        var left = random.NextDouble();
        for (var i = 0; i < names.Count - 1; i++)
        {
            left -= probabilities[i];
            if (left < 0)
            {
                return names[i];
            }
        }

        return names[^1];
    }

    /// <summary>A draw from the normal distribution.</summary>
    public double Normal(double mean, double deviation)
    {
        var (radius, angle) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
        return mean + (deviation * radius * Math.Cos(angle));
    }

    /// <summary>A draw from the exponential distribution.</summary>
    public double Waiting(double mean) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>A draw from the Poisson distribution.</summary>
    public int Arrivals(double mean)
    {
        var (count, product, least) = (0, random.NextDouble(), Math.Exp(-mean));
        while (product > least)
        {
            count++;
            product *= random.NextDouble();
        }

        return count;
    }

    /// <summary>The number of successes in some trials.</summary>
    public int Successes(int trials, double probability) => Enumerable.Range(0, trials).Count(_ => Is(probability));

    /// <summary>The number of failures before the first success.</summary>
    public int Failures(double probability)
    {
        var count = 0;
        while (!Is(probability))
        {
            count++;
        }

        return count;
    }
}
