using Amazon.CDK;
using Plumbline.Infra;
using Plumbline.Loop.Project;

// cdk synth --app 'dotnet run --project infra -- PROJECT_FOLDER'
var project = await ProjectFolder.OpenAsync(args is [var folder] ? folder : System.Environment.CurrentDirectory);
var app = new App(new AppProps { AnalyticsReporting = false });
_ = new LoopStack(
    app,
    project.Description,
    new StackProps
    {
        // No bootstrap is needed: nothing is uploaded besides the template.
        Synthesizer = new LegacyStackSynthesizer(),
    }
);
app.Synth();
