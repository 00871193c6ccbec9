using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plumbline.WebConsole.People;

/// <summary>
/// The certificate that encrypts the keys of sessions. It is created here and stored apart from them, so that a copy of
/// the keys alone opens no session. Only the console's own user can read both files, and that user may do anything
/// anyway.
/// </summary>
internal static class KeyCertificate
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Bits = 3072;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(36_500);

    /// <summary>The certificate with its private key; a new one if it is missing or damaged.</summary>
    public static X509Certificate2 Open(string folder)
    {
        var file = Path.Combine(folder, "console-certificate.pem");
        try
        {
            return X509Certificate2.CreateFromPemFile(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or CryptographicException)
        {
            Write(file);
            return X509Certificate2.CreateFromPemFile(file);
        }
    }

    /// <summary>Removes keys that an earlier release stored unencrypted; sessions with such a key end.</summary>
    public static void RemoveUnencrypted(DirectoryInfo keys)
    {
        foreach (var key in keys.EnumerateFiles("key-*.xml"))
        {
            if (!File.ReadAllText(key.FullName).Contains("<encryptedSecret", StringComparison.Ordinal))
            {
                key.Delete();
            }
        }
    }

    private static void Write(string file)
    {
        using var key = RSA.Create(Bits);
        var request = new CertificateRequest(
            "CN=Plumbline console",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
        var written = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (var writer = new StreamWriter(written, options))
        {
            writer.WriteLine(certificate.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }

        File.Move(written, file, overwrite: true);
    }
}
