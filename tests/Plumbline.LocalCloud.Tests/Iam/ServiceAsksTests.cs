using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>
/// Compares the table of the services' own actions with the table of operations and with AWS's actions.
/// </summary>
public sealed class ServiceAsksTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public void What_a_row_does_by_operations_asks_for_its_actions_and_no_others()
    {
        // These are needed only for some inputs.
        string[] seldom = ["s3:PutObjectTagging", "s3:GetObjectVersion", "iam:PassRole"];
        foreach (var ask in ServiceAsks.All.Where(ask => ask.By.Count > 0))
        {
            var asked = ask
                .By.Select(by => by.Split(' '))
                .Select(by => ServiceModel.For(by[0]).Operations[by[1]])
                .SelectMany(operation => AccessTable.Of(operation)!)
                .Select(access => access.Action!);

            asked.Except(seldom).ShouldBe(ask.Actions.Except(seldom), ignoreOrder: true, $"{ask.Who}: {ask.When}");
        }
    }

    [PythonFact("cfnlint")]
    public async Task Every_action_is_one_that_AWS_has()
    {
        const string Actions = """
            import cfnlint, json, os
            path = os.path.join(os.path.dirname(cfnlint.__file__), "data", "AdditionalSpecs", "Policies.json")
            print(json.dumps([f"{s}:{a}" for s, d in json.load(open(path)).items() if "Actions" in d for a in d["Actions"]]))
            """;
        var known = JsonNode
            .Parse((await Shell.RunAsync("python3", ["-c", Actions])).Succeeded())!
            .AsArray()
            .Select(action => (string)action!)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        ServiceAsks.All.SelectMany(ask => ask.Actions).Where(action => !known.Contains(action)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_calls_nothing_in_a_roles_name_that_has_no_row()
    {
        var dispatcher = cloud.Host.Services.GetRequiredService<Dispatcher>();

        var refused = await Should.ThrowAsync<InvalidOperationException>(() =>
            dispatcher.CallAsync("s3", "ListBuckets", [], Caller.OfRole("role/any", "service"))
        );

        refused.Message.ShouldStartWith("ServiceAsks has no row for s3 ListBuckets");
    }
}
