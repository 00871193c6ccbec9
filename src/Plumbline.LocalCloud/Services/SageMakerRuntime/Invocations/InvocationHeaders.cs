using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Validation;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;

/// <summary>The headers of InvokeEndpoint, read without the JSON tree that other operations use.</summary>
internal readonly record struct InvocationHeaders(string? ContentType, string? InferenceId, string? TargetVariant)
{
    private const string InferenceIdHeader = "X-Amzn-SageMaker-Inference-Id";
    private const string TargetVariantHeader = "X-Amzn-SageMaker-Target-Variant";

    /// <summary>A printable value up to this length always satisfies AWS's constraints.</summary>
    private const int Inconspicuous = 63;

    // AWS passes only these headers to a container.
    private static readonly string[] Passed =
    [
        "Content-Type",
        "Accept",
        "X-Amzn-SageMaker-Custom-Attributes",
        InferenceIdHeader,
    ];

    private static readonly string[] NotHere =
    [
        "X-Amzn-SageMaker-Target-Model",
        "X-Amzn-SageMaker-Target-Container-Hostname",
        "X-Amzn-SageMaker-Inference-Component",
        "X-Amzn-SageMaker-Enable-Explanations",
        "X-Amzn-SageMaker-Session-Id",
    ];

    private static readonly Operation Operation = ServiceModel.For("sagemaker-runtime").Operations["InvokeEndpoint"];

    /// <summary>Reads and validates the headers.</summary>
    /// <exception cref="AwsException">A header is invalid, or the local cloud does not implement it.</exception>
    public static InvocationHeaders Read(IHeaderDictionary headers)
    {
        foreach (var name in NotHere)
        {
            if (headers.ContainsKey(name))
            {
                throw InvocationErrors.NotHere(name);
            }
        }

        var read = new InvocationHeaders(headers.ContentType, headers[InferenceIdHeader], headers[TargetVariantHeader]);
        if (IsConspicuous(read.InferenceId) || IsConspicuous(read.TargetVariant))
        {
            read.Validate();
        }

        return read;
    }

    /// <summary>Returns the headers that are passed to the model.</summary>
    public static ReadOnlyMemory<(string Name, string Value)> ForModel(IHeaderDictionary headers)
    {
        var passed = new (string, string)[Passed.Length];
        var count = 0;
        foreach (var name in Passed)
        {
            if (headers.TryGetValue(name, out var value) && value.Count > 0)
            {
                passed[count++] = (name, value.ToString());
            }
        }

        return passed.AsMemory(0, count);
    }

    private static bool IsConspicuous(string? value) =>
        value is not null
        && (value.Length is 0 or > Inconspicuous || value.AsSpan().ContainsAnyExceptInRange('!', '~'));

    private void Validate()
    {
        var tree = new JsonObject { ["EndpointName"] = "any", ["Body"] = "" };
        if (InferenceId is not null)
        {
            tree["InferenceId"] = InferenceId;
        }

        if (TargetVariant is not null)
        {
            tree["TargetVariant"] = TargetVariant;
        }

        try
        {
            Validator.Check(Operation, tree);
        }
        catch (AwsException error)
        {
            throw InvocationErrors.Validation(error.Message);
        }
    }
}
