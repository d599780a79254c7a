namespace Sendwright.Mime.Reading;

/// <summary>What the header of a part says about its content (RFC 2045; RFC 2183).</summary>
internal sealed class PartDescription
{
    public PartDescription(ParsedHeaders headers, bool isInDigest)
    {
        Headers = headers;
        var typeField = headers.First("Content-Type");
        var type = MimeValue.Parse(typeField?.Unfolded ?? "");
        // RFC 2045, 5.2: text/plain where there is no field or "a syntactically invalid" one; RFC 2046, 5.1.5 for digests.
        ContentType = IsMediaType(type.Value) ? type.Value.ToLowerInvariant() : isInDigest && typeField is null ? "message/rfc822" : "text/plain";
        Parameters = ParameterReader.Read(type);
        if (IsMultipart && type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase)).Value is { } plain)
            Delimiter = DelimiterOf(plain, typeField!);
        else if (IsMultipart && Parameters.TryGetValue("boundary", out var extended))
            Delimiter = DelimiterOf(extended, typeField!);

        if (headers.First("Content-Disposition") is { } dispositionField)
        {
            var disposition = MimeValue.Parse(dispositionField.Unfolded);
            Disposition = disposition.Value.Length == 0 ? null : disposition.Value.ToLowerInvariant();
            FileName = ParameterReader.Read(disposition).GetValueOrDefault("filename");
        }

        // Before RFC 2183 the name stood there, and many write both.
        FileName ??= Parameters.GetValueOrDefault("name");
        ContentId = headers.First("Content-ID") is { } id ? MessageIds.In(id.Unfolded).FirstOrDefault()?.Trim('<', '>') : null;
        TransferEncoding = headers.First("Content-Transfer-Encoding") is { } encoding ? MimeValue.Parse(encoding.Unfolded).Value.ToLowerInvariant() : null;
    }

    public ParsedHeaders Headers { get; }

    public string ContentType { get; }

    public Dictionary<string, string> Parameters { get; }

    public string? Disposition { get; }

    public string? FileName { get; }

    public string? ContentId { get; }

    public string? TransferEncoding { get; }

    /// <summary>Between parts: two hyphens and the boundary; empty where there is none.</summary>
    public byte[] Delimiter { get; } = [];

    public bool IsText => ContentType.StartsWith("text/", StringComparison.Ordinal);

    public bool IsMultipart => ContentType.StartsWith("multipart/", StringComparison.Ordinal);

    public bool IsMessage => ContentType is "message/rfc822" or "message/global";

    public bool IsDigest => ContentType == "multipart/digest";

    private static byte[] DelimiterOf(string boundary, ParsedHeader field)
    {
        // Blanks at the end of a boundary's line are nothing (RFC 2046, 5.1.1).
        boundary = boundary.TrimEnd(' ', '\t');
        return boundary.Length is 0 or > ReadingLimits.MaxBoundary ? [] : field.Charset.GetBytes($"--{boundary}");
    }

    private static bool IsMediaType(string value) => value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < value.Length - 1;
}
