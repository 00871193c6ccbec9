using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.CodeCommit;

/// <summary>CodeCommit's errors, in its words.</summary>
internal static class CodeCommitErrors
{
    public static AwsException NoRepository(string name) =>
        new("RepositoryDoesNotExistException", 400, $"{name} does not exist");

    public static AwsException RepositoryExists(string name) =>
        new("RepositoryNameExistsException", 400, $"Repository named {name} already exists");

    public static AwsException NoBranch(string name) =>
        new("BranchDoesNotExistException", 400, $"Branch {name} does not exist");

    public static AwsException BranchExists(string name) =>
        new("BranchNameExistsException", 400, $"Branch named {name} already exists");

    public static AwsException InvalidBranch(string name) =>
        new("InvalidBranchNameException", 400, $"{name} is not a valid branch name");

    public static AwsException NoCommit(string specifier) =>
        new("CommitDoesNotExistException", 400, $"Commit {specifier} does not exist");

    public static AwsException InvalidCommit(string id) =>
        new("InvalidCommitIdException", 400, $"{id} is not a valid commit ID: write its 40 hexadecimal digits");

    public static AwsException InvalidBlob(string id) =>
        new("InvalidBlobIdException", 400, $"{id} is not a valid blob ID: write its 40 hexadecimal digits");

    public static AwsException NoFile(string path) =>
        new("FileDoesNotExistException", 400, $"Could not find path {path}");

    public static AwsException NoFolder(string path) =>
        new("FolderDoesNotExistException", 400, $"Could not find path {path}");

    public static AwsException NoBlob(string id) =>
        new("BlobIdDoesNotExistException", 400, $"Blob {id} does not exist");

    public static AwsException InvalidPath(string path) =>
        new("InvalidPathException", 400, $"{path} is not a valid path");

    /// <summary>The error for a member that the operation requires although the model does not.</summary>
    public static AwsException Required(string kind, string member) =>
        new($"{kind}RequiredException", 400, $"{member} is required");

    public static AwsException Unwritable(string member) =>
        new("ValidationException", 400, $"{member} is too long or has a NUL character: git cannot write it");

    public static AwsException ParentOutdated(string branch) =>
        new(
            "ParentCommitIdOutdatedException",
            400,
            $"The parent commit ID is not the tip of branch {branch}: get the branch and try again"
        );

    public static AwsException ParentRequired(string branch) =>
        new("ParentCommitIdRequiredException", 400, $"Branch {branch} has commits: parentCommitId is required");

    public static AwsException NoChange() =>
        new("NoChangeException", 400, "The commit would change nothing: the files are already as given");
}
