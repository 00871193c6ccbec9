using System.Text;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.GroundTruth;

public class JoinKeyTests
{
    [Fact]
    public void The_inference_id_joins_where_there_is_one_else_the_event_id()
    {
        JoinKey.Of("mine", "e").ShouldBe("mine");
        JoinKey.Of(null, "e").ShouldBe("e");
        JoinKey.Of("", "e").ShouldBe("e");
        JoinKey.Of(null, null).ShouldBeNull();
        JoinKey.OfRow("k", 0, 1).ShouldBe("k");
        JoinKey.OfRow("k", 2, 3).ShouldBe("k#2");
    }

    // Published test vectors of the reference implementation.
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void XXH64_gives_the_published_hashes(string text, ulong hash) =>
        XxHash64.Hash(Encoding.UTF8.GetBytes(text)).ShouldBe(hash);

    // Another hash or seed would choose other predictions for the published figure of a running project.
    [Theory]
    [InlineData("", 0x59F8B9C93794D7F4)]
    [InlineData("request-1", 0x2AF08AFE5ABE79D1)]
    [InlineData("Nobody inspects the spammish repetition", 0x1B710F5D55475598)]
    public void The_audit_sample_keeps_its_hash(string key, ulong hash) =>
        AuditSample.Hash(Encoding.UTF8.GetBytes(key)).ShouldBe(hash);

    [Fact]
    public void The_audit_sample_has_its_share_and_a_larger_share_keeps_all_members()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => $"request-{i}").ToList();
        var small = keys.Where(key => AuditSample.Contains(key, 0.1)).ToHashSet();
        small.Count.ShouldBeInRange(1870, 2130);
        keys.Where(key => AuditSample.Contains(key, 0.3)).ToHashSet().IsSupersetOf(small).ShouldBeTrue();
        keys.ShouldAllBe(key => AuditSample.Contains(key, 1));
    }

    [Fact]
    public void A_volunteered_answer_stays_volunteered_even_in_the_audit_sample()
    {
        var monitor = new MonitorDescription { AuditShare = 1 };
        Correction.ListOf("k", fromQueue: false, monitor).ShouldBe(ReviewList.Volunteered);
        Correction.ListOf("k", fromQueue: true, monitor).ShouldBe(ReviewList.Audit);
    }

    [Fact]
    public void A_correction_says_whether_it_confirms_and_gives_its_ground_truth()
    {
        var correction = SampleRecords.Correction(1, "1,2", label: "dog");
        correction.Kind.ShouldBe(CorrectionKind.Corrected);
        SampleRecords.Correction(1, "1,2", label: "cat").Kind.ShouldBe(CorrectionKind.Confirmed);
        correction.ToGroundTruth().ToLine().ShouldContain("\"eventId\":\"request-1\"");
        CorrectionLog.ToLine(correction).ShouldContain("\"kind\":\"corrected\"");
    }
}
