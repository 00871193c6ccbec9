namespace Plumbline.Testing;

/// <summary>Errors in the form that AWS's services send them, each in its service's protocol.</summary>
public static class RecordedErrors
{
    public static readonly CannedAnswer Throttled = SageMaker("ThrottlingException", """ "message":"Rate exceeded" """);

    // Only this error's message member has a capital letter.
    public static readonly CannedAnswer Denied = SageMaker(
        "AccessDeniedException",
        """
        "Message":"User: arn:aws:sts::123456789012:assumed-role/people/ann is not authorized to perform: sagemaker:UpdateModelPackage on resource: arn:aws:sagemaker:us-east-1:123456789012:model-package/moons/1 because no identity-based policy allows the sagemaker:UpdateModelPackage action"
        """
    );

    public static readonly CannedAnswer Expired = SageMaker(
        "ExpiredTokenException",
        """ "message":"The security token included in the request is expired" """
    );

    public static readonly CannedAnswer NoQuota = SageMaker(
        "ResourceLimitExceeded",
        """
        "message":"The account-level service limit 'ml.g4dn.xlarge for endpoint usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances. Please use AWS Service Quotas to request an increase for this quota. If AWS Service Quotas is not available, contact AWS support to request an increase for this quota."
        """
    );

    public static readonly CannedAnswer BucketDenied = new(
        403,
        "application/xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::123456789012:assumed-role/people/ann is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::plumbline-moons-123456789012" because no identity-based policy allows the s3:ListBucket action</Message><RequestId>TX4FM0D9AN1Z3X5Q</RequestId><HostId>b0sIYbA0</HostId></Error>
        """
    );

    /// <summary>An error of STS, in the query protocol.</summary>
    public static CannedAnswer Sts(string code, string message) =>
        new(
            403,
            "text/xml",
            $"""
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <Error>
                <Type>Sender</Type>
                <Code>{code}</Code>
                <Message>{message}</Message>
              </Error>
              <RequestId>5a2c1d8e-7f1b-4c57-9a55-2f6f0c0f3d11</RequestId>
            </ErrorResponse>
            """
        );

    private static CannedAnswer SageMaker(string type, string member) =>
        new(400, "application/x-amz-json-1.1", $$"""{"__type":"{{type}}",{{member.Trim()}}}""");
}
