using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeploymentConfig.</summary>
public sealed record DeploymentConfig(JsonObject Tree)
{
    public AutoRollbackConfig? AutoRollbackConfiguration =>
        Tree.Object("AutoRollbackConfiguration") is { } tree ? new AutoRollbackConfig(tree) : null;

    public BlueGreenUpdatePolicy? BlueGreenUpdatePolicy =>
        Tree.Object("BlueGreenUpdatePolicy") is { } tree ? new BlueGreenUpdatePolicy(tree) : null;
}
