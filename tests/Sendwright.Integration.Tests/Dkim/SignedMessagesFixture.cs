using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Dkim;

/// <summary>Signs the messages once for all tests of the class.</summary>
public sealed class SignedMessagesFixture : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    internal IReadOnlyList<SignedMessage> Messages { get; private set; } = [];

    /// <summary>The file with what the domains publish.</summary>
    internal string Records { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Messages = await SignedMessages.SignAsync(TestContext.Current.CancellationToken);
        Records = _folder.Write("records", SignedMessages.Records);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
