using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

/// <summary>Reads settings and proves on the way that no secret leaves with them.</summary>
internal static class Settle
{
    /// <summary>The secret of every test: it must not be found in anything that may be printed.</summary>
    public const string Secret = "tr0ub4dor-S3CRET";

    private static readonly JsonSerializerOptions Everything = new() { WriteIndented = false };

    public static SettingsReading Mail(params (string Name, string? Value)[] settings) =>
        Checked(MailSettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("Mail:" + pair.Name, pair.Value))).Build()));

    public static SettingsReading Options(CommandLineSettings options) => Checked(SettingsInterpreter.Interpret(options.ToSource()));

    public static SettingsReading Checked(SettingsReading reading)
    {
        Assert.DoesNotContain(Secret, reading.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(reading.Evidence, Everything), StringComparison.Ordinal);
        foreach (var problem in reading.Evidence.Problems)
        {
            Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
            Assert.NotEmpty(problem.Name);
            Assert.EndsWith(".", problem.Why, StringComparison.Ordinal);
            Assert.EndsWith(".", problem.Fix, StringComparison.Ordinal);
            Assert.False(problem.IsBlocking && problem.IsAdviceWhenHealthy, "What blocks cannot be advice.");
        }

        // Usable settings and blocking problems exclude each other.
        Assert.Equal(reading.Settings is null, reading.Evidence.Problems.Any(problem => problem.IsBlocking));
        return reading;
    }

    /// <summary>The one problem there is.</summary>
    public static SettingProblem Only(SettingsReading reading) => Assert.Single(reading.Evidence.Problems);
}
