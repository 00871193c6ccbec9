using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelPackages;

/// <summary>The event about a new or changed package. As on AWS, every change raises it.</summary>
internal sealed class ModelPackageEvents(EventOutbox outbox)
{
    private static readonly string[] Told =
    [
        "ModelPackageGroupName",
        "ModelPackageName",
        "ModelPackageVersion",
        "ModelPackageArn",
        "ModelPackageDescription",
        "InferenceSpecification",
        "ModelPackageStatus",
        "ModelPackageStatusDetails",
        "CertifyForMarketplace",
        "ModelApprovalStatus",
        "ApprovalDescription",
        "MetadataProperties",
        "ModelMetrics",
        "DriftCheckBaselines",
        "CustomerMetadataProperties",
        "SourceUri",
        "ModelLifeCycle",
        "CreatedBy",
        "LastModifiedBy",
    ];

    /// <summary>Adds the event to the write that changes the package.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="package">The package after the change.</param>
    /// <param name="updated">The names of the changed fields; empty for a new package.</param>
    public void Add(SqliteConnection connection, DescribeModelPackageOutput package, IReadOnlyList<string> updated)
    {
        var detail = new JsonObject();
        foreach (var name in Told.Where(package.Tree.ContainsKey))
        {
            detail[name] = package.Tree[name]?.DeepClone();
        }

        foreach (var name in (string[])["CreationTime", "LastModifiedTime"])
        {
            if (package.Tree.Time(name) is { } time)
            {
                detail[name] = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
            }
        }

        if (updated.Count > 0)
        {
            detail["UpdatedModelPackageFields"] = new JsonArray([.. updated.Select(field => JsonValue.Create(field))]);
        }

        outbox.Add(
            connection,
            "aws.sagemaker",
            "SageMaker Model Package State Change",
            detail,
            package.ModelPackageArn
        );
    }
}
