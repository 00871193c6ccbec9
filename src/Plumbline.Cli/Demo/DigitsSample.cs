using System.Text;

namespace Plumbline.Cli.Demo;

/// <summary>Handwritten digits: a scanner is mounted askew, and people correct what the model then gets wrong.</summary>
internal static class DigitsSample
{
    /// <summary>The rotation of the drifted images, in degrees.</summary>
    public const double Askew = 30;

    private const int RotatedRequests = 640;
    private const int LastRequests = 150;

    public static DemoSample Create()
    {
        var digits = Digits.Load();
        var rotated = digits.Base.Select(digit => digit.Rotated(Askew).Example).ToList();
        return new ShiftSample
        {
            Name = "digits",
            Title = "Handwritten digits",
            Files = new Dictionary<string, byte[]>
            {
                ["plumbline.yaml"] = Encoding.UTF8.GetBytes(Samples.Text("digits", "plumbline.yaml")),
                ["data.csv"] = Encoding.UTF8.GetBytes(digits.BaseCsv()),
            },
            BaseData = $"{digits.Base.Count} images",
            Examples = "images",
            Change = "The scanner is mounted askew",
            Changed = $"turned by {Askew:0} degrees",
            Clean = new DemoPhase([.. digits.Clean.Select(digit => digit.Example)], Uncertain: 0),
            Drifted = new DemoPhase([.. rotated.Take(RotatedRequests)], 200, 200),
            Healed = new DemoPhase([.. rotated.Skip(RotatedRequests).Take(LastRequests)], 90, 0),
            MeasuringClean = [.. digits.Measuring.Select(digit => digit.Example)],
            MeasuringDrifted = [.. digits.Measuring.Select(digit => digit.Rotated(Askew).Example)],
            Bars = new Dictionary<string, double>
            {
                [ShiftStory.AfterRetrainClean] = 0.94,
                [ShiftStory.AfterRetrainDrifted] = 0.87,
            },
        };
    }
}
