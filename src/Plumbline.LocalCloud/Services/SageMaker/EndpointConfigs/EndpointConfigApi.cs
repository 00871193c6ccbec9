using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.SageMaker.Models;

namespace Plumbline.LocalCloud.Services.SageMaker.EndpointConfigs;

internal sealed class EndpointConfigApi(EndpointConfigStore configs, ModelStore models)
{
    private static readonly string[] NotServed =
    [
        "AsyncInferenceConfig",
        "ExplainerConfig",
        "ShadowProductionVariants",
    ];

    private static readonly string[] VariantsNotServed = ["ServerlessConfig", "InstancePools", "AcceleratorType"];

    private static readonly Listing Listing = new()
    {
        ItemsMember = "EndpointConfigs",
        NameMember = "EndpointConfigName",
        Summary = document => document.Tree,
    };

    public async Task<JsonObject> CreateEndpointConfig(AwsCall call)
    {
        Check(call.Input);
        return new JsonObject { ["EndpointConfigArn"] = await configs.CreateAsync(call.Input) };
    }

    public Task<JsonObject> DescribeEndpointConfig(AwsCall call) =>
        Task.FromResult(configs.Find(call.Input.Text("EndpointConfigName")!));

    public Task<JsonObject> ListEndpointConfigs(AwsCall call) =>
        Task.FromResult(Listing.Page(call.Input, configs.List()));

    public async Task<JsonObject> DeleteEndpointConfig(AwsCall call)
    {
        await configs.DeleteAsync(call.Input.Text("EndpointConfigName")!);
        return [];
    }

    private static void Refuse(JsonObject tree, IEnumerable<string> members)
    {
        if (members.FirstOrDefault(tree.ContainsKey) is { } member)
        {
            throw SageMakerErrors.Validation(
                $"The local cloud does not implement {member} of an endpoint configuration."
            );
        }
    }

    private void Check(JsonObject input)
    {
        Refuse(input, NotServed);
        var names = new HashSet<string>();
        foreach (var variant in input.Objects("ProductionVariants"))
        {
            Refuse(variant, VariantsNotServed);
            var name = variant.Text("VariantName")!;
            if (!names.Add(name))
            {
                throw SageMakerErrors.Validation($"Two production variants are named {name}.");
            }

            if (variant.Text("InstanceType") is null || variant.Int("InitialInstanceCount") is null)
            {
                throw SageMakerErrors.Validation(
                    $"Production variant {name} needs an InstanceType and an InitialInstanceCount."
                );
            }

            models.Find(
                variant.Text("ModelName")
                    ?? throw SageMakerErrors.Validation($"Production variant {name} needs a ModelName.")
            );
        }
    }
}
