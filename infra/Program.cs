using Amazon.CDK;
using Plumbline.Infra;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;

// cdk synth --app 'dotnet run --project infra -- PROJECT_FOLDER CLI_FOLDER'
if (args is not [var folder, var cli] || !File.Exists(Path.Combine(cli, "plumb.dll")))
{
    System.Console.Error.WriteLine(
        "Name two folders: the project's, and that of the plumb.dll whose images `plumb aws deploy` made."
    );
    return 2;
}

var project = await ProjectFolder.OpenAsync(folder);
var app = new App(new AppProps { AnalyticsReporting = false });
_ = new LoopStack(
    app,
    project.Description,
    new ImageContext(cli).Tag,
    new StackProps
    {
        // Without a bootstrap: only the template is uploaded.
        Synthesizer = new LegacyStackSynthesizer(),
    }
);
app.Synth();
return 0;
