using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

/// <summary>SageMaker's processing container contract: inputs and outputs at LocalPaths in <c>/opt/ml</c>.</summary>
internal sealed class ProcessingContainer(ImageTable images, ImagePull pull, JobInputs inputs)
{
    private const string Config = "/opt/ml/config";

    /// <summary>The SageMaker SDK's entry point unpacks these inputs in place, so even large ones are copied.</summary>
    private static readonly string[] WritableInputs = ["code", "entrypoint"];

    /// <summary>Returns the S3Output of each output that SageMaker uploads (not AppManaged).</summary>
    public static IEnumerable<ProcessingS3Output> Outputs(DescribeProcessingJobResponse job) =>
        (job.ProcessingOutputConfig?.Outputs ?? [])
            .Where(output => output.AppManaged != true)
            .Select(output => output.S3Output!);

    /// <summary>Fills the job's folder, and returns the program to run in it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="role">A session of the job's role, which fetches image and inputs.</param>
    /// <param name="folder">The job's folder.</param>
    /// <param name="slot">The CPUs and GPUs of the job.</param>
    /// <param name="environment">The job's environment, to which variables are added.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="JobFailure">The image is unknown, or an input is missing or cannot be read.</exception>
    public JobProgram Prepare(
        DescribeProcessingJobResponse job,
        Caller role,
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var specification = job.AppSpecification;
        var image = images.Require(specification.ImageUri);
        pull.Require(specification.ImageUri, role);
        folder.Make(Config, "/opt/ml/output", "/opt/ml/processing");
        var binds = PlaceInputs(job, role, folder, cancellationToken);
        folder.Make(Outputs(job).Select(output => output.LocalPath!));
        WriteFiles(job, folder);
        image.AddTo(environment);
        AddVariables(job, folder, slot, environment);

        var entrypoint = specification.ContainerEntrypoint.Select(folder.Inside).ToList();
        var arguments = specification.ContainerArguments.Select(folder.Inside);
        return new JobProgram(
            image,
            [.. entrypoint.Count > 0 ? entrypoint : image.Command, .. arguments],
            environment,
            binds
        );
    }

    private static void AddVariables(
        DescribeProcessingJobResponse job,
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment
    )
    {
        var cpus = slot.Cpus.ToString(CultureInfo.InvariantCulture);
        environment["SM_NUM_CPUS"] = cpus;
        environment["OMP_NUM_THREADS"] = cpus;
        environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', slot.Gpus);
        if (!folder.Sandboxed)
        {
            environment["SAGEMAKER_BASE_DIR"] = folder.Base;
        }

        foreach (var (name, value) in job.Environment)
        {
            environment[name] = value;
        }
    }

    private static void WriteFiles(DescribeProcessingJobResponse job, JobFolder folder)
    {
        var config = new JsonObject();
        foreach (
            var member in (string[])
                [
                    "ProcessingJobArn",
                    "ProcessingJobName",
                    "AppSpecification",
                    "Environment",
                    "ProcessingInputs",
                    "ProcessingOutputConfig",
                    "ProcessingResources",
                    "RoleArn",
                    "StoppingCondition",
                ]
        )
        {
            config[member] = job.Tree[member]?.DeepClone();
        }

        var resources = new JsonObject
        {
            ["current_host"] = "algo-1",
            ["hosts"] = new JsonArray("algo-1"),
            ["network_interface_name"] = "lo",
        };
        File.WriteAllText(Path.Combine(folder.OnHost(Config), "processingjobconfig.json"), config.ToJsonString());
        File.WriteAllText(Path.Combine(folder.OnHost(Config), "resourceconfig.json"), resources.ToJsonString());
    }

    private List<Bind> PlaceInputs(
        DescribeProcessingJobResponse job,
        Caller role,
        JobFolder folder,
        CancellationToken cancellationToken
    )
    {
        var binds = new List<Bind>();
        var byDepth = job
            .ProcessingInputs.Where(input => input.AppManaged != true)
            .Select(input => (Name: input.InputName, Source: input.S3Input!))
            .OrderBy(input => input.Source.LocalPath!.Length);
        foreach (var (name, source) in byDepth)
        {
            var local = "/opt/ml/" + JobFolder.BelowMl(source.LocalPath!);
            var uri = source.S3Uri;
            var input = inputs.Find(uri, source.S3DataType, role);
            if (input.Count == 0 && !inputs.Any(JobUri.Parse(uri)))
            {
                throw new JobFailure(
                    $"ClientError: Data download failed: No S3 objects found under S3 URL \"{uri}\" given in input data source."
                );
            }

            var copy = !folder.Sandboxed || WritableInputs.Contains(name) || input.IsCopied;
            if (!copy)
            {
                JobNotes.ReadOnly(folder, $"input {name}");
            }

            var target = folder.Sandboxed ? Place(binds, folder, local, copy) : folder.OnHost(local);
            input.Place(target, copy, cancellationToken);
        }

        return binds;
    }

    /// <summary>
    /// Returns the host's folder for an input. A writable input is a folder in the job's root; a read-only input is
    /// bound over it. An input below another of the same kind is a folder in that one; below one of the other kind it
    /// gets a bind of its own, whose mount point is created in the outer input.
    /// </summary>
    private static string Place(List<Bind> binds, JobFolder folder, string local, bool writable)
    {
        var outer = binds.FindLast(bind =>
            bind.Target == local || local.StartsWith(bind.Target + "/", StringComparison.Ordinal)
        );
        if (outer is not null && outer.Writable == writable)
        {
            return outer.Source + local[outer.Target.Length..];
        }

        if (outer is null && writable)
        {
            return folder.OnHost(local);
        }

        Directory.CreateDirectory(outer is null ? folder.OnHost(local) : outer.Source + local[outer.Target.Length..]);
        var source = Path.Combine(folder.Inputs, binds.Count.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(source);
        binds.Add(new Bind(source, local, writable));
        return source;
    }
}
