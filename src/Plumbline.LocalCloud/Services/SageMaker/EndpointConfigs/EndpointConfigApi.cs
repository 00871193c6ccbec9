using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
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
        var request = new CreateEndpointConfigInput(call.Input);
        Check(request);
        return new JsonObject { ["EndpointConfigArn"] = await configs.CreateAsync(request) };
    }

    public Task<JsonObject> DescribeEndpointConfig(AwsCall call) =>
        Task.FromResult(configs.Find(new DescribeEndpointConfigInput(call.Input).EndpointConfigName).Tree);

    public Task<JsonObject> ListEndpointConfigs(AwsCall call) =>
        Task.FromResult(Listing.Page(call.Input, configs.List()));

    public async Task<JsonObject> DeleteEndpointConfig(AwsCall call)
    {
        await configs.DeleteAsync(new DeleteEndpointConfigInput(call.Input).EndpointConfigName);
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

    private void Check(CreateEndpointConfigInput request)
    {
        Refuse(request.Tree, NotServed);
        var names = new HashSet<string>();
        foreach (var variant in request.ProductionVariants)
        {
            Refuse(variant.Tree, VariantsNotServed);
            var name = variant.VariantName;
            if (!names.Add(name))
            {
                throw SageMakerErrors.Validation($"Two production variants are named {name}.");
            }

            if (variant.InstanceType is null || variant.InitialInstanceCount is null)
            {
                throw SageMakerErrors.Validation(
                    $"Production variant {name} needs an InstanceType and an InitialInstanceCount."
                );
            }

            models.Find(
                variant.Tree.Text("ModelName")
                    ?? throw SageMakerErrors.Validation($"Production variant {name} needs a ModelName.")
            );
        }
    }
}
