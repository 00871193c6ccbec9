using FsCheck;
using FsCheck.Fluent;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

/// <summary>Few distinct rows and many draws, so that base data and corrections usually share rows.</summary>
public class LeakGuardProperties
{
    private static readonly Gen<string> Row = Gen.Choose(0, 60).Select(value => $"{value % 8},{value}");

    private static readonly Gen<Case> Cases =
        from rows in Row.ArrayOf(120)
        from corrected in Row.ArrayOf(40)
        from lists in Gen.Elements(ReviewList.Audit, ReviewList.Uncertain, ReviewList.Volunteered).ArrayOf(40)
        from joinKeys in Gen.Choose(0, 30).ArrayOf(40)
        from salt in Gen.Choose(0, 5)
        from method in Gen.Elements(SplitMethod.Hash, SplitMethod.Time)
        select new Case(rows, corrected, lists, joinKeys, salt, method);

    [Fact]
    public void No_row_is_ever_on_two_sides() => Check(built => OnTwoSides(built.Sides()) == 0);

    [Fact]
    public void Only_audit_corrections_are_among_the_recent_test_rows() =>
        Check(built =>
            built.Manifest.Corrections.Recent.All(id =>
            {
                var joinKey = built.Corrections.Single(c => c.Id == id).JoinKey;
                return built.Corrections.Any(c => c.JoinKey == joinKey && c.List == ReviewList.Audit);
            })
        );

    [Fact]
    public void Every_correction_is_accounted_for_once() =>
        Check(built =>
            built.Manifest.Corrections.All().Order().SequenceEqual(built.Corrections.Select(c => c.Id).Order())
        );

    [Fact]
    public void What_was_trained_on_is_never_tested_with_in_a_later_version() =>
        CheckGrowing(
            (before, after) =>
                !before.Trained().Overlaps(after.Tested())
                && (before.Case.Method == SplitMethod.Time || !before.HeldOut().Overlaps(after.Trained()))
        );

    [Fact]
    public void Not_even_after_the_shares_and_the_salt_were_changed() =>
        CheckGrowing(
            (before, after) => !before.Trained().Overlaps(after.Tested()),
            data => data with { HoldOut = 0.5, Validation = 0.2, Salt = "another" }
        );

    [Fact]
    public void A_label_judges_once_and_is_learned_then() =>
        CheckGrowing(
            (before, after) =>
                before.Case.Method == SplitMethod.Time
                || (
                    !after.Manifest.Corrections.Recent.Intersect(before.Manifest.Corrections.All()).Any()
                    && before.Judged().Except(after.Trained()).All(before.HeldOut().Contains)
                )
        );

    private static void Check(Func<Built, bool> holds) =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                drawn =>
                {
                    using var built = Built.Of(drawn, drawn.Corrected.Length, data => data, null);
                    return built is null || holds(built);
                }
            )
            .Check(cases: 25);

    /// <summary>Compares a version with half of the corrections to the next version with all of them.</summary>
    private static void CheckGrowing(
        Func<Built, Built, bool> holds,
        Func<DataDescription, DataDescription>? change = null
    ) =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                drawn =>
                {
                    if (change is not null && drawn.Method == SplitMethod.Time)
                        return true;
                    using var before = Built.Of(drawn, drawn.Corrected.Length / 2, data => data, null);
                    if (before is null)
                        return true;
                    using var after = Built.Of(
                        drawn,
                        drawn.Corrected.Length,
                        change ?? (data => data),
                        before.Manifest
                    );
                    return after is null || holds(before, after);
                }
            )
            .Check(cases: 25);

    private static int OnTwoSides(IEnumerable<(SplitKey Key, Side Side)> rows) =>
        rows.GroupBy(row => row.Key).Count(group => group.Select(row => row.Side).Distinct().Count() > 1);

    private sealed record Case(
        string[] Rows,
        string[] Corrected,
        ReviewList[] Lists,
        int[] JoinKeys,
        int Salt,
        SplitMethod Method
    );

    private sealed record Built(
        Case Case,
        TemporaryFolder Folder,
        IReadOnlyList<Correction> Corrections,
        DataSetManifest Manifest
    ) : IDisposable
    {
        public static Built? Of(
            Case drawn,
            int corrections,
            Func<DataDescription, DataDescription> change,
            DataSetManifest? parent
        )
        {
            var folder = new TemporaryFolder();
            IReadOnlyList<SplitRule> earlier = parent is null ? [] : [.. parent.EarlierSplits, parent.Split];
            var data = new DataDescription
            {
                Split = drawn.Method,
                Salt = $"{drawn.Salt}",
                HoldOut = 0.3,
                Validation = 0.2,
            };
            var path = folder.Write(
                "data.csv",
                "label,a,b\n" + string.Concat(drawn.Rows.Select(row => $"dog,{row}\n"))
            );
            var made = Enumerable
                .Range(0, corrections)
                // One join key is one captured row, which determines the features.
                .Select(i =>
                    SampleRecords.Correction(
                        i,
                        drawn.Corrected[drawn.JoinKeys[i]],
                        i % 2 == 0 ? "cat" : "dog",
                        drawn.Lists[i],
                        $"k{drawn.JoinKeys[i]}"
                    )
                )
                .ToList();
            try
            {
                var project = SampleRecords.Project(change(data));
                return new Built(
                    drawn,
                    folder,
                    made,
                    DataSetBuilder.Build(project, path, made, earlier, folder.At("out"), SampleRecords.Time, parent)
                );
            }
            catch (UserError)
            {
                // Too few distinct rows for three sides, so the refusal is right.
                folder.Dispose();
                return null;
            }
        }

        public HashSet<SplitKey> Trained() => [.. Sides().Where(row => row.Side != Side.Test).Select(row => row.Key)];

        public HashSet<SplitKey> Tested() => [.. Sides().Where(row => row.Side == Side.Test).Select(row => row.Key)];

        public HashSet<SplitKey> HeldOut() => [.. Keys(DataSetBuilder.BaseFile, Side.Test).Select(row => row.Item1)];

        public HashSet<SplitKey> Judged() => [.. Keys(DataSetBuilder.RecentFile, Side.Test).Select(row => row.Item1)];

        public IEnumerable<(SplitKey Key, Side Side)> Sides() =>
            [
                .. Keys(DataSetBuilder.TrainFile, Side.Train),
                .. Keys(DataSetBuilder.ValidationFile, Side.Validation),
                .. Keys(DataSetBuilder.RecentFile, Side.Test),
                .. Keys(DataSetBuilder.BaseFile, Side.Test),
            ];

        public void Dispose() => Folder.Dispose();

        private IEnumerable<(SplitKey, Side)> Keys(string file, Side side) =>
            File.ReadAllLines(Folder.At($"out/{file}"))
                .Select(line => (SplitKey.OfRow(line[(line.IndexOf(',') + 1)..]), side));
    }
}
