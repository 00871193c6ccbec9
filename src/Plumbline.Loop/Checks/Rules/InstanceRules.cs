using System.Globalization;
using Plumbline.Aws.Instances;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about instance types.</summary>
internal static class InstanceRules
{
    private static readonly string[] Ending = ["p2", "p3", "p3dn"];
    private static readonly string[] Today = ["g5", "g6"];

    public static IEnumerable<Problem> Unknown(CheckSubject subject)
    {
        foreach (var use in subject.Instances)
        {
            if (!use.Offered.Contains(use.Type))
            {
                yield return Problem.Error(
                    use.Place,
                    $"{use.Type} is not an instance type that SageMaker offers for {Article(use.Purpose)} {use.Purpose}."
                );
            }
            else if (InstanceTypes.Find(use.Type) is null)
            {
                yield return Problem.Note(
                    use.Place,
                    $"{use.Type} is not in Plumbline's table, so its GPUs and its price are unknown here."
                );
            }
        }
    }

    public static IEnumerable<Problem> EndOfLife(CheckSubject subject)
    {
        foreach (var use in subject.Instances)
        {
            if (InstanceTypes.Find(use.Type) is { } type && Ending.Contains(type.Family))
            {
                yield return Problem.Error(
                    use.Place,
                    $"{Priced(type)} is of a family that AWS has retired: it is still listed, but no job on it starts. Choose "
                        + $"{string.Join(" or ", Equivalents(type).Select(Priced))}."
                );
            }
        }
    }

    public static IEnumerable<Problem> OneT4(CheckSubject subject) =>
        subject
            .Instances.Select(use => (use, Type: InstanceTypes.Find(use.Type)))
            .Where(one => one.Type is { Gpu: "T4", Gpus: 1 })
            .Select(one =>
                Problem.Note(
                    one.use.Place,
                    $"{one.Type!.Name} has one T4 with 16 GB of GPU memory: a model that needs more does not run there."
                )
            );

    /// <summary>For each current family, its cheapest type with as many GPUs, or else with its most GPUs.</summary>
    private static IEnumerable<InstanceType> Equivalents(InstanceType type) =>
        Today.Select(family =>
            InstanceTypes
                .Known.Values.Where(one => one.Family == family)
                .OrderByDescending(one => Math.Min(one.Gpus, type.Gpus))
                .ThenBy(one => one.DollarsPerHour ?? decimal.MaxValue)
                .First()
        );

    private static string Priced(InstanceType type) =>
        type.DollarsPerHour is { } price
            ? string.Create(CultureInfo.InvariantCulture, $"{type.Name} ({type.GpuWords}, ${price} an hour)")
            : $"{type.Name} ({type.GpuWords})";

    private static string Article(string purpose) => purpose == InstanceUse.Endpoint ? "an" : "a";
}
