using System.Text.RegularExpressions;

namespace Plumbline.Aws.Instances;

/// <summary>
/// Tells instance types with local disks. Their hardware encrypts these disks, and SageMaker refuses a request that
/// names a KMS key for them.
/// </summary>
public static partial class LocalDisks
{
    /// <summary>True if the instance has local disks.</summary>
    /// <param name="instance">Such as <c>ml.g5.xlarge</c>.</param>
    public static bool Has(string instance) =>
        instance.Split('.') is [_, var family, _] && FamilyPattern().IsMatch(family);

    // GPUs since the T4, Trainium, storage families, and families with a d behind the generation: m5d, r6gd, m6id,
    // g4dn.
    [GeneratedRegex("^(?:g4ad|g5|gr?6[ef]?|p4de?|p5(?:e|en)?|p6.*|trn[0-9].*|i[0-9].*|z1d|[a-z]+[0-9]+[a-z]*d[a-z]*)$")]
    private static partial Regex FamilyPattern();
}
