using Plumbline.Loop.Checks;
using Plumbline.Loop.Checks.Rules;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Checks;

public class ParityCheckTests
{
    [Fact]
    public void A_small_project_has_notes_alone() =>
        ParityCheck
            .Run(SampleChecks.Subject(SampleChecks.Project))
            .Select(finding => $"{finding.Severity} {finding.Rule}")
            .ShouldBe(["Note PL015", "Note PL015", "Note PL026"]);

    [Fact]
    public void The_defaults_of_the_design_have_one_error_that_their_GPUs_are_retired()
    {
        var least = "name: churn\ndata: {file: customers.csv}\nlabels: [stays, leaves]\n";

        var found = ParityCheck.Run(
            CheckSubject.OfProject(ProjectDescription.Parse(least), DescriptionLines.Parse(least))
        );

        found.Where(finding => finding.Severity != Severity.Note).ShouldHaveSingleItem().Rule.ShouldBe("PL016");
        found
            .Select(finding => $"{finding.Rule} {finding.Place}")
            .ShouldBe([
                "PL016 plumbline.yaml training.instance (by default)",
                "PL015 plumbline.yaml training.instance (by default)",
                "PL015 plumbline.yaml processing.instance (by default)",
                "PL015 plumbline.yaml endpoint.instance (by default)",
                "PL017 plumbline.yaml endpoint.instance (by default)",
                "PL019 plumbline.yaml training.instance (by default)",
                "PL026 plumbline.yaml endpoint.count (by default)",
                "PL027 plumbline.yaml endpoint.instance (by default)",
            ]);
    }

    [Fact]
    public void The_worst_comes_first() =>
        ParityCheck
            .Run(
                SampleChecks.Training(step =>
                {
                    step["ResourceConfig"]!["InstanceType"] = "ml.p3.8xlarge";
                    step["InputDataConfig"]![0]!["ChannelName"] = "model";
                    step.Remove("StoppingCondition");
                })
            )
            .Select(finding => finding.Severity)
            .ShouldBe([Severity.Error, Severity.Error, Severity.Warning, Severity.Note, Severity.Note]);

    [Fact]
    public void Every_rule_has_its_number() =>
        ParityCheck
            .Rules.Append("PL021")
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, 29).Select(number => $"PL{number:000}"));

    [Fact]
    public void Every_rule_is_in_the_docs()
    {
        var docs = File.ReadAllText(Repository.Path("docs", "check.md"));

        ParityCheck.Rules.ShouldAllBe(rule => docs.Contains($"| {rule} |"));
    }
}
