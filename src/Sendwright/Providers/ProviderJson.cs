using System.Text.Json;
using System.Text.Json.Serialization;
using Sendwright.Settings;

namespace Sendwright.Providers;

/// <summary>Reads <c>data/providers/*.json</c> without reflection, so that the library can be trimmed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(LowerCaseEnum<ConnectionSecurity>), typeof(KebabEnum<UsernameForm>), typeof(KebabEnum<ReplyRetry>)])]
[JsonSerializable(typeof(MailProvider))]
internal sealed partial class ProviderJson : JsonSerializerContext;

internal sealed class KebabEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The words of reports and of the command line: <c>starttls</c>, not <c>startTls</c>.</summary>
internal sealed class LowerCaseEnum<T>() : JsonStringEnumConverter<T>(new LowerCase(), allowIntegerValues: false)
    where T : struct, Enum
{
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
