using Sendwright.Diagnosis;
using Sendwright.Doctor.Explain;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Tests.Explain;

/// <summary>Texts in the forms that fastapi-mail, and pydantic for its settings, print.</summary>
public sealed class FastapiMailTextTests
{
    [Theory]
    [InlineData("(535, '5.7.8 Not this secret')", "Refused at Auth: 535 5.7.8 Not this secret")]
    [InlineData("Error connecting to mail.example.org on port 587: [Errno 111] Connect call failed ('192.0.2.25', 587)", "ConnectionRefused at Connect")]
    [InlineData("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1000)", "CertificateRejected at Tls")]
    [InlineData("SMTP STARTTLS extension not supported by server.", "StartTlsNotOffered at Tls")]
    [InlineData("Timed out connecting to mail.example.org on port 587", "ConnectionTimedOut at Connect")]
    [InlineData("", "ConnectionFailed at Connect")]
    public void The_cause_is_what_the_sentence_is_wrapped_around(string inner, string told) => Assert.Equal(
        told,
        Reading.Told($"fastapi_mail.errors.ConnectionErrors: Exception raised {inner}, check your credentials or email service configuration"));

    [Fact]
    public void The_advice_behind_a_reply_is_no_part_of_it() => Assert.Equal(
        "535 5.7.8 Not you",
        Reading.FaultIn("ConnectionErrors: Exception raised: 535 5.7.8 Not you, check your credentials or email service configuration").Reply!.ToString());

    [Fact]
    public void A_sentence_that_a_terminal_has_wrapped_is_still_found() => Assert.Equal("NameNotFound at Dns", Reading.Told("""
        fastapi_mail.errors.ConnectionErrors: Exception raised Error connecting to mail.example.org
           on port 587: [Errno 8] nodename nor
           servname provided, or not known, check your credentials or email service configuration
        """));

    [Fact]
    public void Both_flags_are_named_as_fastapi_mail_names_them()
    {
        var evidence = ErrorTextReader.Read(
            "fastapi_mail.errors.ConnectionErrors: Exception raised The start_tls and use_tls options are not compatible., check your credentials or email service configuration");

        var problem = Assert.Single(evidence.Settings!.Problems);
        Assert.Equal((FaultCodes.ConfigConflict, "MAIL_STARTTLS", SettingKey.StartTlsFlag), (problem.Code, problem.Name, problem.Key));
        Assert.Contains("MAIL_SSL_TLS", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_setting_is_named()
    {
        var evidence = ErrorTextReader.Read("""
            pydantic_core._pydantic_core.ValidationError: 2 validation errors for ConnectionConfig
            MAIL_STARTTLS
              Field required [type=missing, input_value={'MAIL_USERNAME': 'app', 'MAIL_PASSWORD': 'UNMISTAKABLE-SECRET'}, input_type=dict]
                For further information visit https://errors.pydantic.dev/2.9/v/missing
            MAIL_SSL_TLS
              Field required [type=missing, input_value={'MAIL_USERNAME': 'app', 'MAIL_PASSWORD': 'UNMISTAKABLE-SECRET'}, input_type=dict]
            """);

        Assert.Empty(evidence.Attempts);
        Assert.Equal(["MAIL_STARTTLS", "MAIL_SSL_TLS"], evidence.Settings!.Problems.Select(problem => problem.Name));
        Assert.All(evidence.Settings.Problems, problem => Assert.Equal(FaultCodes.ConfigMissing, problem.Code));
    }

    [Fact]
    public void A_setting_under_its_old_name_is_told_with_the_new_one()
    {
        var problem = Assert.Single(ErrorTextReader.Read("""
            pydantic_core._pydantic_core.ValidationError: 1 validation error for ConnectionConfig
            mail_tls
              Extra inputs are not permitted [type=extra_forbidden, input_value='True', input_type=str]
            """).Settings!.Problems);

        Assert.Equal((FaultCodes.ConfigMissing, "MAIL_TLS"), (problem.Code, problem.Name));
        Assert.Equal([new SettingChange("MAIL_STARTTLS", "True")], problem.Changes);
    }

    [Theory]
    [InlineData("MAIL_FROM", "value is not a valid email address: An email address must have an @-sign. [type=value_error, input_value='app', input_type=str]", SettingKey.From, "'app'")]
    [InlineData("MAIL_PORT", "Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='smtp', input_type=str]", SettingKey.Port, "'smtp'")]
    [InlineData("MAIL_PORT", "value is not a valid integer (type=type_error.integer)", SettingKey.Port, null)]
    [InlineData("MAIL_STARTTLS", "Input should be a valid boolean, unable to interpret input [type=bool_parsing, input_value='tls', input_type=str]", SettingKey.StartTlsFlag, "'tls'")]
    public void An_unusable_value_is_told_with_its_setting(string name, string complaint, SettingKey key, string? value)
    {
        var problem = Assert.Single(ErrorTextReader.Read($"ValidationError: 1 validation error for ConnectionConfig\n{name}\n  {complaint}").Settings!.Problems);

        Assert.Equal((FaultCodes.ConfigInvalid, name, key, value), (problem.Code, problem.Name, problem.Key, problem.Value));
    }

    [Fact]
    public void A_password_that_does_not_validate_stays_secret()
    {
        var evidence = ErrorTextReader.Read("""
            1 validation error for ConnectionConfig
            MAIL_PASSWORD
              Input should be a valid string [type=string_type, input_value=8675309, input_type=int]
            """);

        Assert.DoesNotContain("8675309", Assert.Single(evidence.Settings!.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_the_text_join_those_of_the_settings_file()
    {
        var settings = new SettingsEvidence
        {
            Source = "fastapi-mail .env",
            Host = "mail.example.org",
            Problems = [new SettingProblem { Code = FaultCodes.ConfigInvalid, Key = SettingKey.Port, Name = "MAIL_PORT", Why = "It is no number.", Fix = "Give a number." }],
        };

        var merged = ErrorTextReader.Read("1 validation error for ConnectionConfig\nMAIL_FROM\n  field required (type=value_error.missing)", settings).Settings!;

        Assert.Equal(("fastapi-mail .env", "mail.example.org"), (merged.Source, merged.Host));
        Assert.Equal(["MAIL_PORT", "MAIL_FROM"], merged.Problems.Select(problem => problem.Name));
    }

    [Fact]
    public void A_recipient_that_does_not_validate_is_no_setting()
    {
        var evidence = ErrorTextReader.Read("""
            1 validation error for MessageSchema
            recipients.0
              value is not a valid email address: The part after the @-sign is not valid. [type=value_error, input_value='bob@', input_type=str]
            """);

        Assert.Equal(FaultCodes.RecipientSyntax, Assert.Single(evidence.Statements).Code);
        Assert.Null(evidence.Settings);
    }
}
