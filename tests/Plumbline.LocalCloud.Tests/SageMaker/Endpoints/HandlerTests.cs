using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

/// <summary>A model with its own handler, served as in AWS's framework images.</summary>
[Collection("processes")]
public sealed class HandlerTests(EndpointCloud cloud) : IClassFixture<EndpointCloud>
{
    private const string Handler = """
        import json, os


        class Refusal(Exception):
            status_code = 400


        def model_fn(model_dir):
            return open(os.path.join(model_dir, "factor.txt")).read()


        def input_fn(body, content_type):
            if not body.isdigit():
                raise Refusal("no number")
            return int(body)


        def predict_fn(number, model):
            return int(model) // number


        def output_fn(prediction, accept):
            return json.dumps([prediction, accept])
        """;

    /// <summary>Builds a package of one module without a package index.</summary>
    private const string Backend = """
        import os, zipfile


        def build_wheel(folder, config_settings=None, metadata_directory=None):
            name = "told-1.0-py3-none-any.whl"
            with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
                wheel.write("told.py")
                wheel.writestr("told-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: told\nVersion: 1.0\n")
                wheel.writestr("told-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                wheel.writestr("told-1.0.dist-info/RECORD", "")
            return name
        """;

    [Fact]
    public async Task The_handler_answers_and_its_refusals_are_told_from_its_faults()
    {
        await cloud.PutModelAsync(
            "handler.tar.gz",
            EndpointCloud.Archive(("factor.txt", "42"), ("code/inference.py", Handler))
        );
        await cloud.ConfigureAsync(
            "handler",
            [("AllTraffic", "handler", 1)],
            change: model => model.Object("PrimaryContainer")!["Image"] = EndpointCloud.HandlerImage
        );
        await cloud.CreateAsync("handler", "handler");

        (await cloud.AskAsync("handler", "6")).ShouldBe("""[7, "application/json"]""");
        (await RefusedAsync("six")).ShouldContain("(400) from primary with message \"no number\"");
        (await RefusedAsync("0")).ShouldContain("(500)");
    }

    [Fact]
    public async Task The_XGBoost_image_serves_by_the_handler_that_is_named_and_reads_rows_itself()
    {
        const string handler = """
            class Shape:
                def predict(self, rows, validate_features):
                    return [rows.num_row(), rows.num_col()]


            def model_fn(model_dir):
                return Shape()
            """;
        await cloud.PutModelAsync("shape.tar.gz", EndpointCloud.Archive(("code/shape.py", handler)));
        await cloud.ConfigureAsync(
            "shape",
            [("AllTraffic", "shape", 1)],
            change: model =>
            {
                var container = model.Object("PrimaryContainer")!;
                container["Image"] = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";
                container["Environment"] = new JsonObject { ["SAGEMAKER_PROGRAM"] = "shape.py" };
            }
        );
        await cloud.CreateAsync("shape", "shape");

        (await cloud.AskAsync("shape", "1,,3\n4,5,6\n4,5,6")).ShouldBe("[3, 3]");
    }

    [NumpyFact]
    public async Task The_scikit_learn_image_reads_and_writes_JSON_CSV_and_npy_for_a_handler_with_model_fn_alone()
    {
        const string handler = """
            class Doubles:
                def predict(self, rows):
                    return rows * 2


            def model_fn(model_dir):
                return Doubles()
            """;
        await cloud.PutModelAsync("doubles.tar.gz", EndpointCloud.Archive(("code/inference.py", handler)));
        await cloud.ConfigureAsync(
            "doubles",
            [("AllTraffic", "doubles", 1)],
            change: model =>
                model.Object("PrimaryContainer")!["Image"] =
                    "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
        );
        await cloud.CreateAsync("doubles", "doubles");

        (await DoubledAsync("application/json", Rows("[[1, 2], [3, 4.5]]"))).ShouldBe("[[2.0, 4.0], [6.0, 9.0]]");
        (await DoubledAsync("text/csv", Rows("1,2\n3,4.5\n"))).ShouldBe("[[2.0, 4.0], [6.0, 9.0]]");
        (await DoubledAsync("text/csv", Rows("1,2\n3,4.5\n"), "text/csv")).ShouldBe("2.0,4.0\n6.0,9.0\n");
        var array = await DoubledAsync("application/json", Rows("[[1, 2], [3, 4.5]]"), "application/x-npy");
        array.ShouldStartWith("\u0093NUMPY");
        (await DoubledAsync("application/x-npy", Encoding.Latin1.GetBytes(array))).ShouldBe(
            "[[4.0, 8.0], [12.0, 18.0]]"
        );
        (await Should.ThrowAsync<AwsException>(() => DoubledAsync("text/xml", Rows("<rows/>")))).Message.ShouldContain(
            "(415) from primary with message \"Content type text/xml is not supported"
        );
    }

    [PythonFact("pip")]
    public async Task The_packages_that_requirements_txt_names_beside_the_handler_are_installed()
    {
        const string handler = """
            import told


            def model_fn(model_dir):
                return told


            def input_fn(body, content_type):
                return body


            def predict_fn(body, model):
                return model.answer + body
            """;
        await cloud.PutModelAsync(
            "required.tar.gz",
            EndpointCloud.Archive(
                ("code/inference.py", handler),
                ("code/requirements.txt", "./told"),
                ("code/told/told.py", "answer = 'installed '"),
                ("code/told/backend.py", Backend),
                (
                    "code/told/pyproject.toml",
                    "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
                )
            )
        );
        await cloud.ConfigureAsync(
            "required",
            [("AllTraffic", "required", 1)],
            change: model => model.Object("PrimaryContainer")!["Image"] = EndpointCloud.HandlerImage
        );
        await cloud.CreateAsync("required", "required");

        (await cloud.AskAsync("required", "1")).ShouldBe("\"installed 1\"");
    }

    private async Task<string> RefusedAsync(string body) =>
        (await Should.ThrowAsync<AwsException>(() => cloud.AskAsync("handler", body))).Message;

    private static byte[] Rows(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The answer of the endpoint "doubles", byte for byte.</summary>
    private async Task<string> DoubledAsync(string kind, ReadOnlyMemory<byte> body, string? accept = null)
    {
        var answer = await cloud.Runtime.InvokeEndpointAsync(
            new InferenceRequest("doubles", body, kind) { Accept = accept }
        );
        answer.ContentType.ShouldBe(accept ?? "application/json");
        return Encoding.Latin1.GetString(answer.Body.Span);
    }

    /// <summary>A test that needs numpy in the image's Python.</summary>
    private sealed class NumpyFactAttribute : FactAttribute
    {
        public NumpyFactAttribute()
        {
            try
            {
                new Interpreters().Find("python3", "numpy");
            }
            catch (IOException none)
            {
                Skip = none.Message;
            }
        }
    }
}
