using System.Text;

namespace Plumbline.Cli.Demo;

/// <summary>A bank's customers: the tariffs change, and other people leave than those whom the model knows.</summary>
internal static class CustomersSample
{
    private const int MeasuringCustomers = 2000;

    public static DemoSample Create()
    {
        var known = Customers.Base();
        return new ShiftSample
        {
            Name = Customers.Sample,
            Title = "A bank's customers",
            Files = new Dictionary<string, byte[]>
            {
                ["plumbline.yaml"] = Encoding.UTF8.GetBytes(Samples.Text(Customers.Sample, "plumbline.yaml")),
                ["data.csv"] = Encoding.UTF8.GetBytes(Customers.Csv(known)),
            },
            BaseData = $"{known.Count} customers",
            Examples = "customers",
            Change = "The bank changes its tariffs",
            Changed = "after the change",
            Clean = new DemoPhase(Customers.Usual(600, part: 0)),
            Drifted = new DemoPhase(Customers.Later(1500, part: 1)),
            Healed = new DemoPhase(Customers.Later(600, part: 2)),
            MeasuringClean = Customers.Usual(MeasuringCustomers, part: 3),
            MeasuringDrifted = Customers.Later(MeasuringCustomers, part: 3),
            MeasuringRows = 100,
            TruthsAreImported = true,
            Bars = new Dictionary<string, double>
            {
                [ShiftStory.AfterRetrainClean] = 0.5,
                [ShiftStory.AfterRetrainDrifted] = 0.6,
            },
        };
    }
}
