namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about base data in buckets that are not the loop's own.</summary>
internal static class SourceRules
{
    public static IEnumerable<Problem> OtherBuckets(CheckSubject subject)
    {
        if (subject.Project?.Data.InS3() is not { Count: > 0 } locations)
        {
            yield break;
        }

        foreach (var bucket in locations.Select(location => location.Bucket).Distinct())
        {
            yield return Problem.Note(
                subject.Lines.Of("data.file"),
                $"the stack lets the roles of builds and jobs list and read these objects of the bucket {bucket}. "
                    + "A bucket of another account needs a bucket policy for the two roles, and objects under a KMS key need kms:Decrypt."
            );
        }
    }
}
