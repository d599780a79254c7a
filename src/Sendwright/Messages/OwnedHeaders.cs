using System.Collections.Frozen;

namespace Sendwright.Messages;

/// <summary>The headers that follow from the message's properties. A second one by hand would contradict the first, or show what Bcc hides.</summary>
internal static class OwnedHeaders
{
    private const string Content = "it follows from EmailMessage.Text, Html, Alternatives and Attachments; set a file's type with Attachment.ContentType.";

    private static readonly FrozenDictionary<string, string> Instead = new Dictionary<string, string>
    {
        ["From"] = Use("From"),
        ["Sender"] = Use("Sender"),
        ["Reply-To"] = Use("ReplyTo"),
        ["To"] = Use("To"),
        ["Cc"] = Use("Cc"),
        ["Bcc"] = Use("Bcc"),
        ["Subject"] = Use("Subject"),
        ["Date"] = Use("Date"),
        ["Message-ID"] = Use("MessageId"),
        ["MIME-Version"] = "the composer writes it. Leave it out.",
        ["Resent-Bcc"] = "it would show everyone who gets a hidden copy. Add the recipients to the Envelope instead.",
        ["Return-Path"] = "the server that delivers writes it (RFC 5321, 4.4). Set Envelope.Sender instead.",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the user shall do instead; null for a header that is free.</summary>
    public static string? WhatToUseInsteadOf(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? Content : Instead.GetValueOrDefault(name);

    private static string Use(string property) => $"set EmailMessage.{property} instead.";
}
